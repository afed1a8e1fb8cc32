import { language, t } from '../i18n/messages';
import { describeTime, knownMoment, type Time } from '../i18n/time';

/** A time in words. Its EDTF is the tooltip. */
export function When({ time }: { time: Time }) {
  return (
    <time class="when" title={time.edtf}>
      <bdi>{describeTime(time, { language: language.value, t })}</bdi>
    </time>
  );
}

/** A moment of knowledge: a day, or a moment in the reader's time zone. */
export function KnownMoment({ at }: { at: string }) {
  return (
    <time class="when" dateTime={at}>
      <bdi>{knownMoment(at, { language: language.value, t })}</bdi>
    </time>
  );
}
