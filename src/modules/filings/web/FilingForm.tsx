import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import type { FilingContent, FilingField } from '../content.ts';
import type { Filing } from '../contract.ts';
import { monthOf } from '../period.ts';
import { blocking, check, type Hit, isFirstOfYear } from '../validation.ts';
import { AmountBox } from './AmountBox.tsx';
import { ConflictPanel } from './ConflictPanel.tsx';
import { HitAsk } from './HitAsk.tsx';
import { forgetPhoto } from './held-photos.ts';
import { MilestoneRows } from './MilestoneRows.tsx';
import { PhotoStrip } from './PhotoStrip.tsx';
import { pointsAgainstPlan, roughly, shareOf, shortMoment, sum } from './show.ts';
import * as text from './text.ts';
import { useFilingForm } from './use-filing-form.ts';
import { useOnline } from './use-outbox.ts';

/** One number, one cause, one button. Everything known is filled in; the same rules as the server's speak while typing. */
export function FilingForm({ filing, foot }: { filing: Filing; foot?: ReactNode }) {
  const t = useText(text);
  const confirm = useConfirm();
  const { today } = useSession();
  const form = useFilingForm(filing);
  const isOnline = useOnline() && form.saving !== 'offline';
  const [isAsked, setAsked] = useState(false);
  const [isReporting, setReporting] = useState(false);
  const { content, change } = form;
  const { facts, last } = filing;
  const lastMonth = last && monthOf(last.period);

  const hits = check(content, facts).filter((h) => h.severity !== 'inform' || h.rule === 'gap' || h.rule === 'opening');
  // A form that was just opened accuses nobody: what is missing is said when somebody tries to submit.
  const said = hits.filter((h) => isAsked || h.rule !== 'missing');
  const cells = new Set<FilingField>(filing.returned?.cells ?? []);
  const asksAt = (field: FilingField): Hit[] => said.filter((h) => h.field === field);
  const asks = (field: FilingField) =>
    asksAt(field).map((hit) => <HitAsk key={hit.rule} hit={hit} content={content} onChange={change} />);

  const isFirst = isFirstOfYear(facts);
  /** What stood before this month. In a first filing it is what the filer's own two amounts leave between them. */
  const before =
    isFirst && content.monthYuan !== null && content.cumulativeYuan !== null
      ? content.cumulativeYuan - content.monthYuan
      : facts.lastCumulativeYuan;
  const setMonth = (monthYuan: number | null) =>
    change({
      monthYuan,
      cumulativeYuan:
        isFirst && content.monthYuan === null && content.cumulativeYuan !== null
          ? content.cumulativeYuan
          : monthYuan === null
            ? null
            : before + monthYuan,
      unchanged: false,
    });
  const setCumulative = (cumulativeYuan: number | null) =>
    change({
      cumulativeYuan,
      monthYuan: isFirst ? content.monthYuan : cumulativeYuan === null ? null : cumulativeYuan - before,
      unchanged: false,
    });

  const submit = () => {
    setAsked(true);
    if (blocking(check(content, facts)).length > 0 || form.conflict || form.isSubmitting) return;
    void form.submit();
  };
  const submitUnchanged = async () => {
    const typed = content.monthYuan !== null && content.monthYuan !== 0;
    if (typed && !(await confirm({ title: t.form.unchanged, body: t.form.unchangedReplace }))) return;
    const same: FilingContent = {
      ...content,
      unchanged: true,
      monthYuan: 0,
      cumulativeYuan: isFirst ? (content.cumulativeYuan ?? 0) : facts.lastCumulativeYuan,
      cause: null,
      note: content.note || t.form.unchangedNote,
    };
    setAsked(true);
    if (blocking(check(same, facts)).length === 0) void form.submit(same);
    else change(same);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  const points = pointsAgainstPlan(content.cumulativeYuan, facts.planYuan, facts.planToDateYuan);
  const blocked = isAsked ? blocking(check(content, facts)).length : 0;
  const savedWords = {
    none: '',
    local: t.saving.local,
    saving: t.saving.saving,
    saved: form.savedAt ? t.saving.saved(shortMoment(moment(form.savedAt))) : '',
    offline: t.saving.local,
    conflict: t.saving.conflict,
  }[form.saving];

  return (
    <form className="ff" onSubmit={onSubmit} onKeyDown={onKey} noValidate>
      {(!isOnline || form.isQueued) && (
        <p className="ff-offline" role="status">
          {form.isQueued ? t.saving.offlineQueued : t.saving.offline}
        </p>
      )}
      {filing.returned && (
        <div className="ff-returned" role="note">
          <b>{t.form.returnedBy(filing.returned.by, shortMoment(moment(filing.returned.at)))}</b>
          <p>{filing.returned.reason}</p>
          {filing.isCorrection && <small>{t.form.correction}</small>}
        </div>
      )}
      {form.conflict && <ConflictPanel conflict={form.conflict} onChoose={form.resolve} />}
      {!filing.isCorrection && (
        <button type="button" className="ff-same" disabled={form.isSubmitting} onClick={() => void submitUnchanged()}>
          {t.form.unchanged}
          <small>{lastMonth === null ? t.form.unchangedFirst : t.form.unchangedHint(lastMonth)}</small>
        </button>
      )}
      <p className="ff-or">{lastMonth === null ? t.form.orFirst : t.form.or(lastMonth)}</p>

      <div className="ff-fields">
        <AmountBox
          id="monthYuan"
          label={t.fields.monthYuan}
          hint={
            <>
              {last && lastMonth !== null && <span>{t.form.was(lastMonth, sum(last.content.monthYuan))}</span>}
              {facts.planMonthYuan !== null && <span>{t.form.planned(roughly(facts.planMonthYuan))}</span>}
            </>
          }
          yuan={content.monthYuan}
          onChange={setMonth}
          isMarked={cells.has('monthYuan')}
        >
          {asks('monthYuan')}
          {asks('cause')}
        </AmountBox>
        <AmountBox
          id="cumulativeYuan"
          label={t.fields.cumulativeYuan}
          hint={
            isFirst
              ? t.form.opening(sum(before), sum(content.monthYuan))
              : t.form.identity(sum(before), sum(content.monthYuan))
          }
          yuan={content.cumulativeYuan}
          onChange={setCumulative}
          isMarked={cells.has('cumulativeYuan')}
          isSecond
        >
          {asks('cumulativeYuan')}
        </AmountBox>
        <div className="ff-calc">
          <RateBar
            done={content.cumulativeYuan ?? facts.lastCumulativeYuan}
            plan={facts.planYuan}
            clock={facts.planYuan && facts.planToDateYuan !== null ? facts.planToDateYuan / facts.planYuan : null}
          />
          {facts.planYuan !== null && (
            <p className="split">
              <span className="soft">
                {t.form.ofYear(sum(content.cumulativeYuan ?? facts.lastCumulativeYuan), sum(facts.planYuan))}
              </span>
              {content.cumulativeYuan !== null && points !== null && (
                <b className={points.startsWith('-') ? 'warn' : 'good'}>
                  {points.startsWith('-')
                    ? t.form.behind(points.slice(1))
                    : Number(points) === 0
                      ? t.form.even
                      : t.form.ahead(points)}
                </b>
              )}
            </p>
          )}
          <span className="only-aloud">
            {t.form.track(
              shareOf(content.cumulativeYuan, facts.planYuan),
              shareOf(facts.planToDateYuan, facts.planYuan),
            )}
          </span>
        </div>
        {(facts.startedOn === null || cells.has('startedOn')) &&
          (content.startedOn !== null || asksAt('startedOn').length > 0) && (
            <div className="ff-row">
              <label htmlFor="startedOn">{t.fields.startedOn}</label>
              <span className="ff-go">
                <input
                  id="startedOn"
                  type="date"
                  max={today}
                  value={content.startedOn ?? ''}
                  onChange={(event) => change({ startedOn: event.target.value || null })}
                />
              </span>
              {asks('startedOn')}
            </div>
          )}
        <div className="ff-row wide">
          <label htmlFor="imageProgress">
            {t.fields.imageProgress}
            {cells.has('imageProgress') && <em className="ff-marked">{t.form.marked}</em>}
          </label>
          {last && lastMonth !== null && last.content.imageProgress !== content.imageProgress && (
            <span className="was">{t.form.imageWas(lastMonth, last.content.imageProgress || t.none)}</span>
          )}
          <textarea
            id="imageProgress"
            rows={2}
            maxLength={2000}
            placeholder={t.form.imageHint}
            value={content.imageProgress}
            onChange={(event) => change({ imageProgress: event.target.value })}
          />
          {asks('imageProgress')}
        </div>
        <MilestoneRows
          milestones={filing.milestones}
          ticks={content.milestones}
          today={today}
          isMarked={cells.has('milestones')}
          onChange={(milestones) => change({ milestones })}
        />
        <div className="ff-row wide">
          <span className="label" id="problems-label">
            {t.fields.problems}
            {cells.has('problems') && <em className="ff-marked">{t.form.marked}</em>}
          </span>
          {content.problems === '' && !isReporting ? (
            <>
              <span className="was">{t.form.problemNone}</span>
              <span className="ff-go">
                <button type="button" onClick={() => setReporting(true)}>
                  {t.form.problemAdd}
                </button>
              </span>
            </>
          ) : (
            <textarea
              aria-labelledby="problems-label"
              rows={2}
              maxLength={2000}
              // biome-ignore lint/a11y/noAutofocus: it opened because its button was pressed
              autoFocus={isReporting && content.problems === ''}
              placeholder={t.form.problemHint}
              value={content.problems}
              onChange={(event) => change({ problems: event.target.value })}
            />
          )}
        </div>
        <div className="ff-row wide">
          <span className="label">
            {t.fields.photos}
            {cells.has('photos') && <em className="ff-marked">{t.form.marked}</em>}
          </span>
          <PhotoStrip
            filingId={filing.id}
            photos={content.photos}
            held={form.held}
            onAdd={(photo) => form.setHeld((held) => [...held, photo])}
            onRemove={(fileId) => change({ photos: content.photos.filter((p) => p.fileId !== fileId) })}
            onRemoveHeld={(key) => {
              void forgetPhoto(key);
              form.setHeld((held) => held.filter((p) => p.key !== key));
            }}
          />
        </div>
      </div>

      <footer className="ff-foot">
        {form.problem !== null && form.problem !== undefined && <ProblemView error={form.problem} compact />}
        {blocked > 0 && (
          <p className="ff-refusal" role="alert">
            {t.form.blocked(blocked)}
          </p>
        )}
        <button
          type="submit"
          className="ff-submit"
          disabled={form.isSubmitting || form.isQueued || form.conflict !== null}
        >
          {form.isSubmitting
            ? t.form.submitting
            : form.isQueued
              ? t.form.queued
              : !isOnline
                ? t.form.submitOffline
                : filing.state === 'returned'
                  ? t.form.resubmit
                  : t.form.submit}
        </button>
        <p className="ff-note">
          <span>{foot}</span>
          <span aria-live="polite">{savedWords || <span className="ff-keys">{t.form.keys}</span>}</span>
        </p>
      </footer>
    </form>
  );
}
