// How well the events that two actors share are supported.

export interface Support {
  /** Every event that they share is unverified. */
  unverified: boolean;
  /** An event is denied, or that one of them took part in it. */
  denied: boolean;
}

export function supportOf(link: { weight: number; statuses: { unverified: number; denied: number } }): Support {
  const { unverified, denied } = link.statuses;
  return { unverified: unverified > 0 && unverified >= link.weight, denied: denied > 0 };
}
