// The shape of each status, beside its colour and its word.

export const statusSigns: Record<string, string> = {
  UNVERIFIED: '○',
  CORROBORATED: '◐',
  CONFIRMED: '●',
  DISPUTED: '◑',
  DENIED: '✕',
  RETRACTED: '⊘',
};
