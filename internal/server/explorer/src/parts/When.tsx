import { language, t } from '../i18n/messages';
import { describeTime, moment, type Time } from '../i18n/time';

/** A time in words. Its EDTF is the tooltip. */
export function When({ time }: { time: Time }) {
  return (
    <time class="when" title={time.edtf}>
      <bdi>{describeTime(time, { language: language.value, t })}</bdi>
    </time>
  );
}

/** A moment in the reader's time zone. */
export function Moment({ at }: { at: string }) {
  return (
    <time class="when" dateTime={at}>
      <bdi>{moment(at, { language: language.value, t })}</bdi>
    </time>
  );
}
