import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { wan, wanUnit } from '#core/web/ui/format.ts';
import { categories, kindWords, type PartyRole, roleWords, sourceWords, urgencyWords } from '../kinds.ts';
import type { Details, MatterView } from '../shapes.ts';
import * as text from './matter-text.ts';

/** 一事一单: what is asked, of whom, and everything that only this kind has, as it would stand on paper. */
export function MatterSheet({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const s = t.sheet;
  const words = useWords();
  const of = (role: PartyRole) => matter.parties.filter((party) => party.role === role);
  const { source } = matter;
  return (
    <section>
      <h2 className="h2">{s.title}</h2>
      <table className="mt-sheet">
        <tbody>
          <Row name={s.asked}>
            <span className="mt-asked">{matter.body || matter.title}</span>
          </Row>
          <DetailRows details={matter.details} />
          <Row name={s.lead}>
            <b>{matter.leadUnitName ?? <span className="muted">{s.nobody}</span>}</b>
            {matter.leadLeaderName && <small>{matter.leadLeaderName}</small>}
          </Row>
          {matter.handlerName && <Row name={s.handler}>{matter.handlerName}</Row>}
          {(['co', 'firm'] as const).map(
            (role) =>
              of(role).length > 0 && (
                <Row key={role} name={words(roleWords[role])}>
                  {of(role).map((party) => (
                    <span key={party.unit.id} className="mt-party">
                      {party.unit.name}
                      {role === 'co' && (
                        <small className={party.contribution ? undefined : 'muted'}>
                          {party.contribution
                            ? `${party.contributedOn?.slice(5) ?? ''} ${party.contributedByName ?? ''}：${party.contribution}`
                            : s.noContribution}
                        </small>
                      )}
                    </span>
                  ))}
                </Row>
              ),
          )}
          <Row name={s.verifier}>
            {matter.verifierUnit?.name ?? <span className="muted">{s.nobody}</span>}
            <small className="muted">{s.verifierRule}</small>
          </Row>
          {of('watch').length > 0 && (
            <Row name={s.watch}>
              {of('watch')
                .map((party) => party.unit.name)
                .join(t.comma)}
            </Row>
          )}
          <Row name={s.source}>
            {[words(sourceWords[source.kind]), source.on, source.title, source.ref].filter(Boolean).join(' ')}
          </Row>
          {matter.projectId && (
            <Row name={s.project}>
              <Link to={`/projects/${matter.projectId}`}>{matter.projectName}</Link>
            </Row>
          )}
          <Row name={s.kind}>
            {words(kindWords[matter.kind])} · {words(categories[matter.category] ?? categories.other!)} ·{' '}
            {words(urgencyWords[matter.urgency])}
          </Row>
          <Row name={s.raisedBy}>
            {[matter.raisedOn, ...of('raiser').map((party) => party.unit.name), matter.raisedByName].join(' ')}
          </Row>
          {matter.closeReason && <Row name={s.closeReason}>{matter.closeReason}</Row>}
        </tbody>
      </table>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

/** The fields of the kind, in the order in which they are asked for; what was left empty is left out. */
function DetailRows({ details }: { details: Details | null }) {
  const t = useText(text).details;
  if (!details) return null;
  return rowsOf(details, t).map(([name, value]) =>
    value === null || value === '' ? null : (
      <Row key={name} name={name}>
        {value}
      </Row>
    ),
  );
}

type Words = ReturnType<typeof useText<typeof text.zh>>['details'];

function rowsOf(details: Details, t: Words): [string, string | null][] {
  switch (details.kind) {
    case 'problem':
      return [
        [t.place, details.place],
        [t.foundOn, details.foundOn],
        [t.measures, details.measures],
      ];
    case 'task':
      return [
        [t.target, details.target],
        [t.quantity, details.quantity === null ? null : `${details.quantity} ${details.quantityUnit ?? ''}`.trim()],
      ];
    case 'instruction':
      return [
        [t.leaderName, details.leaderName],
        [t.givenOn, details.givenOn],
        [t.words, details.words],
        [t.documentNo, details.documentNo],
      ];
    case 'decision':
      return [
        [t.meeting, details.meeting],
        [t.heldOn, details.heldOn],
        [t.itemNo, details.itemNo === null ? null : t.nth(details.itemNo)],
      ];
    case 'finding':
      return [
        [t.inspection, details.inspection],
        [t.foundOn, details.foundOn],
        [t.groupName, details.groupName],
        [t.objectName, details.objectName],
        [t.objectCode, details.objectCode],
        [t.measures, details.measures],
      ];
    case 'commitment':
      return [
        [t.promisedBy, details.promisedBy],
        [t.promisedOn, details.promisedOn],
        [t.what, t.whats[details.what]],
        [t.amountYuan, details.amountYuan === null ? null : `${wan(details.amountYuan)} ${wanUnit()}`],
      ];
  }
}
