/** The order in which the list showed projects, so that K and J on a project's page walk through the same list. */
const place = 'guatu.projects.order';

export function rememberOrder(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(ids.slice(0, 2000)));
  } catch {
    // full or forbidden: the page works, only without neighbours
  }
}

export function neighboursOf(id: string): { previous: string | undefined; next: string | undefined } {
  try {
    const ids = JSON.parse(sessionStorage.getItem(place) ?? '[]') as string[];
    const at = ids.indexOf(id);
    return at < 0 ? { previous: undefined, next: undefined } : { previous: ids[at - 1], next: ids[at + 1] };
  } catch {
    return { previous: undefined, next: undefined };
  }
}
