import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { isClaimed, isEnded } from '../flow.ts';
import { levelWords, type MatterLevel } from '../kinds.ts';
import type { MatterEvent, MatterView } from '../shapes.ts';
import { EvidenceGrid } from './EvidenceRounds.tsx';
import * as text from './matter-text.ts';

const bad = new Set(['return', 'reopen', 'refuseExtension', 'void', 'escalate']);
const told = new Set(['remind', 'remark', 'sheet']);
const good = new Set(['pass']);

const look = (act: string) => (bad.has(act) ? 'bad' : told.has(act) ? 'told' : good.has(act) ? 'good' : undefined);

/** Everything that happened, in order, with who and when; then what is awaited and what comes by itself. */
export function Timeline({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const { today } = useSession();
  const year = today.slice(0, 4);
  const evidence = Map.groupBy(matter.evidence, (one) => one.eventId);
  const when = (at: string) => {
    const shown = moment(at);
    return shown.startsWith(year) ? shown.slice(5) : shown;
  };
  return (
    <section id="timeline">
      <h2 className="h2">
        {t.timeline.title} <small>{t.timeline.count(matter.events.length)}</small>
      </h2>
      <ol className="mt-line">
        {matter.events.map((event) => {
          const shots = evidence.get(event.id) ?? [];
          return (
            <li key={event.id} className={look(event.act)}>
              <time dateTime={event.at}>{when(event.at)}</time>
              <b>{t.acts[event.act] ?? event.act}</b>
              <div>
                <EventWords event={event} />
                <span className="who">{[event.unitName, event.actorName].filter(Boolean).join(' ')}</span>
                {shots.length > 0 && <EvidenceGrid matterId={matter.id} list={shots} isSmall />}
              </div>
            </li>
          );
        })}
        {comingOf(matter, t, today).map(({ when, what, words }) => (
          <li key={`${when}${what}`} className="next">
            <time>{when}</time>
            <b>{what}</b>
            <div>{words}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The words of an event, and before them what its act is about: days of an extension, a level, a number. */
function EventWords({ event }: { event: MatterEvent }) {
  const t = useText(text);
  const words = useWords();
  const { payload } = event;
  const say = (key: string): string | null => {
    const value = payload[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
  const level = (key: string) => words(levelWords[say(key) as MatterLevel] ?? { zh: '', en: '' });
  const facts: (string | null)[] = [];
  switch (event.act) {
    case 'issue':
      facts.push(say('dueOn') && t.project.due(say('dueOn')!));
      break;
    case 'askExtension':
      facts.push(say('dueOn') && t.project.due(say('dueOn')!));
      break;
    case 'grantExtension':
    case 'refuseExtension':
      facts.push(say('dueAsked') && t.timeline.from(say('dueBefore') ?? '', say('dueAsked')!));
      break;
    case 'resume':
      facts.push(say('dueAfter') && t.timeline.from(say('dueBefore') ?? '', say('dueAfter')!));
      break;
    case 'suspend':
      facts.push(say('resumeOn') && t.awaited.suspended(say('resumeOn')!));
      break;
    case 'reopen':
      facts.push(say('dueOn') && t.project.due(say('dueOn')!));
      break;
    case 'escalate':
      facts.push(t.timeline.from(level('from'), level('to')));
      break;
    case 'remark':
      facts.push(say('leaderName'), say('on'));
      break;
    case 'pass':
    case 'return':
      facts.push(t.verifications.methods[say('method') as 'onSite'] ?? null);
      break;
    case 'mark':
      facts.push(t.nodes.marks[say('mark') as 'good'] ?? null);
      break;
    case 'split':
      facts.push(Array.isArray(payload.parts) ? payload.parts.join(t.comma) : null);
      break;
    case 'merge':
      facts.push(say('into') ?? say('from'));
      break;
    case 'link':
      facts.push(t.links.out[say('rel') as 'supports'] ?? null, say('to'));
      break;
    case 'sheet':
      facts.push(say('no'));
      break;
  }
  const shown = facts.filter(Boolean).join(' ');
  return (
    <p>
      {shown && <b>{shown}</b>}
      {shown && event.text && (event.act === 'remark' ? '：' : '　')}
      {event.text}
    </p>
  );
}

type Words = ReturnType<typeof useText<typeof text.zh>>;

/** Whose move it is, and the days on which the colour turns by itself. */
function comingOf(matter: MatterView, t: Words, today: string): { when: string; what: string; words: string }[] {
  const { state } = matter;
  if (isEnded(state)) return [];
  const coming: { when: string; what: string; words: string }[] = [];
  if (!isClaimed(state) && state !== 'suspended' && state !== 'draft')
    for (const colour of ['blue', 'yellow', 'red'] as const) {
      const on = matter[`${colour}On`];
      if (on !== null && on > today)
        coming.push({ when: on.slice(5), what: t.timeline.soon, words: t.timeline.turns[colour] });
    }
  if (state === 'suspended' && matter.resumeOn)
    coming.push({ when: matter.resumeOn.slice(5), what: t.timeline.soon, words: t.timeline.resumes });
  const open = matter.children.filter((child) => !isEnded(child.state)).length;
  const words =
    open > 0
      ? t.awaited.parts(open)
      : state === 'draft'
        ? t.awaited.draft
        : state === 'issued'
          ? t.awaited.issued(matter.leadUnitName ?? t.awaited.lead)
          : isClaimed(state)
            ? t.awaited.claimed(matter.verifierUnit?.name ?? t.awaited.verifier)
            : state === 'suspended'
              ? null
              : t.awaited.working(matter.leadUnitName ?? t.awaited.lead);
  if (words !== null) coming.push({ when: '', what: t.timeline.next, words });
  return coming;
}
