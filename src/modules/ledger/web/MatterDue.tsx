import { daysBetween } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { isClaimed } from '../flow.ts';
import { isInTime } from '../light.ts';
import type { MatterView } from '../shapes.ts';
import { daysPast } from './matter-show.ts';
import * as text from './matter-text.ts';

/** Both limits, the original one always: whoever extends it does not make the first promise disappear. */
export function MatterDue({ matter }: { matter: MatterView }) {
  const t = useText(text).due;
  const words = useWords();
  const { today } = useSession();
  const { dueOriginal, dueCurrent, issuedOn } = matter;
  const past = daysPast(matter, today);
  const note =
    matter.state === 'closed'
      ? closing(matter, t)
      : isClaimed(matter.state) && matter.claimedOn
        ? t.claimed(matter.claimedOn)
        : matter.state === 'suspended' && matter.resumeOn
          ? t.rested(matter.resumeOn)
          : past === null
            ? null
            : past > 0
              ? t.over(past)
              : t.left(-past);
  const moved = dueOriginal !== null && dueCurrent !== null && dueOriginal !== dueCurrent;
  return (
    <section>
      <h2 className="h2">{t.title}</h2>
      {dueCurrent === null ? (
        <p className="muted">{t.none}</p>
      ) : (
        <div className="mt-due">
          {moved && (
            <>
              <div>
                <span>{t.original}</span>
                <b className="num">{dueOriginal}</b>
                <span>{t.kept}</span>
                {issuedOn && <span>{t.afterIssue(daysBetween(issuedOn, dueOriginal))}</span>}
              </div>
              <i>
                {matter.extensions > 0 && t.extended(matter.extensions)}
                <span aria-hidden="true">→</span>
              </i>
            </>
          )}
          <div className={past !== null && past > 0 ? 'over' : undefined}>
            <span>{moved ? t.current : t.both}</span>
            <b className="num">{dueCurrent}</b>
            {note && <span className="note">{note}</span>}
            {!moved && issuedOn && <span>{t.afterIssue(daysBetween(issuedOn, dueCurrent))}</span>}
          </div>
        </div>
      )}
      <p className="mt-rule">
        {t.rule}：{words(matter.template.name)}
      </p>
    </section>
  );
}

type Words = ReturnType<typeof useText<typeof text.zh>>['due'];

function closing(matter: MatterView, t: Words): string {
  const { claimedOn, dueOriginal, dueCurrent } = matter;
  if (claimedOn === null || dueOriginal === null || dueCurrent === null) return '';
  if (isInTime(claimedOn, dueOriginal)) return t.closedInTime;
  return isInTime(claimedOn, dueCurrent) ? t.closedInNew : t.closedLate(daysBetween(dueCurrent, claimedOn));
}
