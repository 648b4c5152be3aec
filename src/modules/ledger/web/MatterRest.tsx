import { Link } from 'react-router';
import { daysBetween } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { isEnded, stateWords } from '../flow.ts';
import { matterLightWords } from '../light-words.ts';
import type { MatterNode, MatterRow, MatterView } from '../shapes.ts';
import { MatterLight } from './MatterLight.tsx';
import { lampSay } from './matter-show.ts';
import * as text from './matter-text.ts';

/** Stages of the template and quarterly goals, each with its day, its report and how good the report was. */
export function NodeList({
  matter,
  onMark,
}: {
  matter: MatterView;
  onMark?: ((node: MatterNode) => void) | undefined;
}) {
  const t = useText(text).nodes;
  const { today } = useSession();
  if (matter.nodes.length === 0) return null;
  return (
    <section id="nodes">
      <h2 className="h2">{t.title}</h2>
      <ul className="mt-nodes">
        {matter.nodes.map((node) => {
          const late = daysBetween(node.dueOn, node.doneOn ?? today);
          return (
            <li key={node.code}>
              <span
                className="light"
                data-light={node.doneOn ? (late > 0 ? 'warn' : 'normal') : late > 0 ? 'late' : 'idle'}
              >
                {node.title}
              </span>
              <span className="muted num">{t.due(node.dueOn)}</span>
              <span className={node.doneOn ? 'num' : late > 0 ? 'late' : 'muted'}>
                {node.doneOn
                  ? `${t.done(node.doneOn)}${late > 0 ? ` · ${t.late(late)}` : ''}`
                  : late > 0
                    ? t.missed(late)
                    : t.open}
              </span>
              <span className="mt-mark">
                {node.mark && (
                  <span className={node.mark === 'failed' ? 'tag late' : 'tag'} title={t.by(node.markedByName ?? '')}>
                    {t.marks[node.mark]}
                  </span>
                )}
                {onMark && node.report !== null && (
                  <button type="button" className="link" aria-label={t.markOf(node.title)} onClick={() => onMark(node)}>
                    {t.mark}
                  </button>
                )}
              </span>
              {node.report && <p>{node.report}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Every request for more time with the limit before and the day asked for, and what was decided. */
export function ExtensionList({ matter }: { matter: MatterView }) {
  const t = useText(text).extensions;
  if (matter.extensionList.length === 0) return null;
  return (
    <section id="extensions">
      <h2 className="h2">
        {t.title} <small>{t.kept}</small>
      </h2>
      <ScrollX label={t.title}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.asked}</th>
              <th>{t.from}</th>
              <th>{t.to}</th>
              <th>{t.reason}</th>
              <th>{t.decision}</th>
            </tr>
          </thead>
          <tbody>
            {matter.extensionList.map((one) => (
              <tr key={one.id}>
                <td className="nowrap">
                  <span className="num">{one.askedOn.slice(5)}</span> {one.askedByName}
                </td>
                <td className="num nowrap">{one.dueBefore}</td>
                <td className="num nowrap">{one.dueAsked}</td>
                <td>{one.reason}</td>
                <td>
                  <span className={one.state === 'refused' ? 'late' : one.state === 'asked' ? 'warn' : undefined}>
                    {t.states[one.state]}
                  </span>{' '}
                  {one.decidedOn && (
                    <span className="muted">
                      {one.decidedOn.slice(5)} {one.decidedByName}
                    </span>
                  )}
                  {one.decidedNote && <div className="soft">{one.decidedNote}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

export function VerificationList({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const v = t.verifications;
  if (matter.verifications.length === 0) return null;
  return (
    <section id="verifications">
      <h2 className="h2">{v.title}</h2>
      <ul className="mt-list">
        {matter.verifications.map((one) => (
          <li key={one.id}>
            <p>
              <span className="muted">{t.evidence.round(one.round)}</span>{' '}
              <b className={one.result === 'failed' ? 'late' : 'good'}>{v.results[one.result]}</b>{' '}
              {v.methods[one.method]}{' '}
              <span className="muted">
                {[moment(one.at).slice(5), one.unitName, one.verifierName].filter(Boolean).join(' ')}
              </span>
            </p>
            <p className="soft">{one.note}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The parts of a split matter; the whole closes when they do. */
export function ChildTree({ matter }: { matter: MatterView }) {
  const t = useText(text).children;
  if (matter.children.length === 0) return null;
  const ended = matter.children.filter((child) => isEnded(child.state)).length;
  return (
    <section id="children">
      <h2 className="h2">
        {t.title} <small>{t.done(ended, matter.children.length)}</small>
      </h2>
      <ul className="mt-list">
        {matter.children.map((child) => (
          <li key={child.id}>
            <MatterLine matter={child} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function LinkList({ matter }: { matter: MatterView }) {
  const t = useText(text).links;
  if (matter.links.length === 0) return null;
  // Parts stand in their own list.
  const shown = matter.links.filter(
    (link) => !(link.rel === 'splitFrom' && matter.children.some((c) => c.id === link.id)),
  );
  if (shown.length === 0) return null;
  return (
    <section id="links">
      <h2 className="h2">{t.title}</h2>
      <ul className="mt-list">
        {shown.map((link) => (
          <li key={`${link.rel}${link.direction}${link.id}`} className="mt-linked">
            <span className="muted">{t[link.direction][link.rel]}</span> <MatterLight value={link.light} />{' '}
            <span className="num">{link.no}</span> <Link to={`/matters/${link.id}`}>{link.title}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A matter in one line: light with days, number, title, lead unit and limit. */
export function MatterLine({ matter }: { matter: MatterRow }) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const say = lampSay(matter, today, t, words(matterLightWords[matter.light]), words(stateWords.void));
  return (
    <div className="mt-row">
      <MatterLight value={matter.light} say={say} />
      <Link to={`/matters/${matter.id}`}>{matter.title}</Link>
      <small className="muted">
        <span className="num">{matter.no}</span>
        {matter.leadUnitName && <span>{matter.leadUnitName}</span>}
        <span>{words(stateWords[matter.state])}</span>
        {matter.dueCurrent && !isEnded(matter.state) && <span className="num">{t.project.due(matter.dueCurrent)}</span>}
      </small>
    </div>
  );
}
