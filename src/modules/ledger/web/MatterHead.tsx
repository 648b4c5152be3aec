import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { stateWords } from '../flow.ts';
import { categories, kindWords, levelWords, sourceWords, trackWords } from '../kinds.ts';
import { matterLightWords } from '../light-words.ts';
import type { MatterView } from '../shapes.ts';
import { FlowSteps } from './FlowSteps.tsx';
import { MatterLight } from './MatterLight.tsx';
import { lampSay } from './matter-show.ts';
import * as text from './matter-text.ts';
import { QrCard } from './QrCard.tsx';
import { WhyMatter } from './WhyMatter.tsx';

/** What the matter is, how it stands and who answers for it, above everything else. */
export function MatterHead({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const [isWhy, setWhy] = useState(false);
  const [isQr, setQr] = useState(false);
  const word = words(matterLightWords[matter.light]);
  const say = lampSay(matter, today, t, word, words(stateWords.void));
  const { source } = matter;
  const units = (role: string) => matter.parties.filter((party) => party.role === role).map((party) => party.unit.name);
  const co = units('co');
  return (
    <header className="mt-head">
      <PageHead
        title={matter.title}
        tabTitle={`${matter.no} ${matter.title}`}
        crumbs={
          <span className="mt-crumbs">
            <span>
              <Link to="/matters">{t.ledger}</Link> / {words(kindWords[matter.kind])} /{' '}
              {words(categories[matter.category] ?? categories.other!)}
            </span>
            <span className="num">{matter.no}</span>
            <span>{words(trackWords[matter.track])}</span>
            <span className="from">
              {t.source(
                words(sourceWords[source.kind]),
                [source.on, source.title, source.ref].filter(Boolean).join(' '),
              )}
            </span>
            {matter.projectId && <Link to={`/projects/${matter.projectId}`}>{matter.projectName}</Link>}
            {matter.parent && (
              <span>
                {t.sheet.parent} <Link to={`/matters/${matter.parent.id}`}>{matter.parent.no}</Link>
              </span>
            )}
            {matter.demo && (
              <span className="sample" title={t.sampleTip}>
                {t.sample}
              </span>
            )}
          </span>
        }
        mark={
          <>
            <MatterLight value={matter.light} say={say} lamp />
            <span className="mt-state">{words(stateWords[matter.state])}</span>
            <button type="button" className="link" aria-expanded={isWhy} onClick={() => setWhy(!isWhy)}>
              {t.why(say ?? word)}
            </button>
          </>
        }
        actions={
          <Button size="small" onClick={() => setQr(true)}>
            {t.qr}
          </Button>
        }
      >
        {matter.leadUnitName && (
          <span>
            {t.facts.lead} <b>{matter.leadUnitName}</b>
          </span>
        )}
        {matter.leadLeaderName && (
          <span>
            {t.facts.leader} <b>{matter.leadLeaderName}</b>
          </span>
        )}
        {co.length > 0 && (
          <span>
            {t.facts.co} <b>{co.join(t.comma)}</b>
          </span>
        )}
        {matter.verifierUnit && (
          <span>
            {t.facts.verifier} <b>{matter.verifierUnit.name}</b>
          </span>
        )}
        <span>
          {t.facts.level} <b>{words(levelWords[matter.level])}</b> {t.facts.since(matter.levelSince)}
        </span>
        {matter.returns > 0 && <span className="late">{t.facts.returns(matter.returns)}</span>}
        {matter.reopens > 0 && <span className="late">{t.facts.reopens(matter.reopens)}</span>}
        {matter.extensions > 0 && <span className="warn">{t.facts.extensions(matter.extensions)}</span>}
      </PageHead>
      {isWhy && <WhyMatter matter={matter} />}
      <FlowSteps matter={matter} />
      {isQr && <QrCard matter={matter} onClose={() => setQr(false)} />}
    </header>
  );
}
