import type { CSSProperties } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { stateWords } from '../flow.ts';
import type { ChallengeCard } from '../shapes.ts';
import { basisWords } from '../words.ts';
import { figureOf, shareNumber, shareOf } from './show.ts';
import * as text from './text.ts';

/** The way from baseline to target, with the time that has passed as a tick. */
export function WayBar({ card }: { card: ChallengeCard }) {
  const t = useText(text);
  const clamp = (n: number) => Math.max(0, Math.min(100, n * 100));
  const style = { '--v': clamp(shareNumber(card.progress)), '--clock': clamp(shareNumber(card.time)) } as CSSProperties;
  return (
    <div className="chl-way">
      <div className={card.isLagging ? 'chl-bar lag' : 'chl-bar'} style={style}>
        <i role="img" aria-label={t.barOf(shareOf(card.progress), shareOf(card.time, 0))} />
      </div>
      <dl>
        <div>
          <dt>{t.from}</dt>
          <dd>{figureOf(card, card.baseline)}</dd>
        </div>
        <div>
          <dt>
            {t.value} {card.valueOn && <small>{card.valueOn}</small>}
          </dt>
          <dd>
            <b>{figureOf(card, card.value)}</b> <BasisTag basis={card.valueBasis} />
          </dd>
        </div>
        <div>
          <dt>{t.to}</dt>
          <dd>
            {card.target ?? '—'} {card.metric.unit}
          </dd>
        </div>
        <div>
          <dt>{t.progress}</dt>
          <dd>
            <b>{shareOf(card.progress)}</b>{' '}
            <small>
              {t.time} {shareOf(card.time, 0)}
            </small>
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** 自报 stands beside its number wherever it is shown. */
export function BasisTag({ basis }: { basis: ChallengeCard['valueBasis'] }) {
  const words = useWords();
  if (!basis) return null;
  return <span className={basis === 'selfReported' ? 'tag chl-typed' : 'tag'}>{words(basisWords[basis])}</span>;
}

export function StateTag({ state }: { state: ChallengeCard['state'] }) {
  const words = useWords();
  return <span className={`chl-state ${state}`}>{words(stateWords[state])}</span>;
}

/** What deserves attention, of either side: the publisher's late promises stand beside the taker's lag. */
export function Marks({ card }: { card: ChallengeCard }) {
  const t = useText(text);
  return (
    <>
      {card.isLagging && <span className="chl-mark warn">▲ {t.lagging}</span>}
      {card.lateSupport > 0 && <span className="chl-mark late">■ {t.lateSupport(card.lateSupport)}</span>}
      {card.needsAdjustment && <span className="chl-mark warn">▲ {t.needsAdjustment}</span>}
    </>
  );
}
