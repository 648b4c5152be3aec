import type { Link, LinkKind, Task } from './shapes.ts';

/**
 * Predecessors as schedulers write them: `3`, `3FS+5`, `4SS, 6FF-2`. Numbers are those of the list, so people can read
 * them off the left edge; what is stored is the uid.
 */
export function linkText(links: readonly Link[], tasks: readonly Pick<Task, 'uid'>[]): string {
  return links
    .map(({ from, kind, lag }) => {
      const row = tasks.findIndex((task) => task.uid === from) + 1;
      const tail = lag === 0 ? '' : lag > 0 ? `+${lag}` : String(lag);
      return kind === 'FS' && lag === 0 ? String(row) : `${row}${kind}${tail}`;
    })
    .join(', ');
}

/** @returns the links, or the first part that cannot be read or names a row that is not there. */
export function readLinks(
  text: string,
  tasks: readonly Pick<Task, 'uid'>[],
): { links: Link[]; wrong?: never } | { wrong: string; links?: never } {
  const links: Link[] = [];
  for (const part of text.split(/[,，;；、]/).map((p) => p.trim())) {
    if (part === '') continue;
    const match = /^(\d{1,4})\s*(FS|SS|FF|SF)?\s*(?:([+\-＋－])\s*(\d{1,4})\s*(?:天|d|工日)?)?$/i.exec(part);
    const task = match ? tasks[Number(match[1]) - 1] : undefined;
    if (!match || !task) return { wrong: part };
    const lag = Number(match[4] ?? 0) * (match[3] === '-' || match[3] === '－' ? -1 : 1);
    if (Math.abs(lag) > 1000) return { wrong: part };
    const link = { from: task.uid, kind: (match[2]?.toUpperCase() ?? 'FS') as LinkKind, lag };
    if (!links.some((other) => other.from === link.from && other.kind === link.kind)) links.push(link);
  }
  return { links };
}
