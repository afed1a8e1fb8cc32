interface Properties {
  /** The words in the page's language, if it has them. */
  own: string | undefined;
  /** The words in English. */
  english: string | undefined;
}

/** Words of the program: in the page's language, else in English. */
export function Words({ own, english }: Properties) {
  if (own !== undefined) return <span class="muted">{own}</span>;
  return (
    <span class="muted" lang="en" dir="ltr">
      {english}
    </span>
  );
}
