// Participations that are in doubt.

interface Participation {
  actor: { id: string };
  status: string;
}

/** Returns which of the actors' participations are denied or disputed; each actor's status once. */
export function doubts<Actor extends { id: string }>(
  participants: readonly Participation[],
  actors: readonly Actor[],
): { actor: Actor; status: string }[] {
  return actors.flatMap((actor) => {
    const own = participants.filter((each) => each.actor.id === actor.id).map(({ status }) => status);
    return [...new Set(own)]
      .filter((status) => status === 'DENIED' || status === 'DISPUTED')
      .map((status) => ({ actor, status }));
  });
}
