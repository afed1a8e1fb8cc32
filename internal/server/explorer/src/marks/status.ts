// The shape of each status, beside its colour and its word.

export const statusSigns: Record<string, string> = {
  UNVERIFIED: '○',
  CORROBORATED: '◐',
  CONFIRMED: '●',
  DISPUTED: '◑',
  DENIED: '✕',
  RETRACTED: '⊘',
};

/** Reports whether a modality says that something happened or is going on, which needs no mark. */
export function isReal(modality: string): boolean {
  return modality === 'OCCURRED' || modality === 'ONGOING';
}
