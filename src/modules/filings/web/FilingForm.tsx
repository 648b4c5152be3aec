import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { FilingContent, FilingField } from '../content.ts';
import type { Filing } from '../contract.ts';
import { monthOf } from '../period.ts';
import { checkForm } from '../text-check.ts';
import { blocking, type Hit, isFirstOfYear } from '../validation.ts';
import { ConflictPanel, useSaid } from './ConflictPanel.tsx';
import { type DeviceDraft, findDraft } from './device-draft.ts';
import { HitAsk } from './HitAsk.tsx';
import { keys } from './keys.ts';
import { MilestoneRows } from './MilestoneRows.tsx';
import { MoneyRows } from './MoneyRows.tsx';
import * as offline from './offline-text.ts';
import { PhotoStrip } from './PhotoStrip.tsx';
import { shortMoment } from './show.ts';
import { Together } from './Together.tsx';
import * as text from './text.ts';
import { useFilingForm } from './use-filing-form.ts';
import { useAccountId, useOnline, useStorageTrouble } from './use-outbox.ts';
import { WeekNotes } from './WeekNotes.tsx';

interface Props {
  filing: Filing;
  foot?: ReactNode;
}

/** The form begins with what this device has of it, if anything: that is read first, so that nothing typed is overlooked. */
export function FilingForm(props: Props) {
  const accountId = useAccountId();
  const { id } = props.filing;
  const found = useQuery({
    queryKey: [...keys.device, 'draft', accountId, id],
    queryFn: () => findDraft(accountId, id),
    staleTime: Infinity,
    gcTime: 0,
  });
  return found.data === undefined ? null : <OpenForm {...props} found={found.data} />;
}

/** One number, one cause, one button. Everything known is filled in; the same rules as the server's speak while typing. */
function OpenForm({ filing, foot, found }: Props & { found: DeviceDraft | null }) {
  const t = useText(text);
  const o = useText(offline);
  const confirm = useConfirm();
  const { label } = useSaid();
  const { today } = useSession();
  const form = useFilingForm(filing, found);
  const isOnline = useOnline() && form.saving !== 'offline';
  const trouble = useStorageTrouble();
  const typedAt = useRef<number | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [isReporting, setReporting] = useState(false);
  const { content } = form;
  const change = (part: Partial<FilingContent>) => {
    typedAt.current = Date.now();
    form.change(part);
  };
  const { facts, last, kind } = filing;
  const lastMonth = last && monthOf(last.period);
  const isMonth = kind === 'monthly';
  const fields = filing.form.fields;
  const isAskedFor = (field: FilingField) => fields.length === 0 || fields.includes(field);
  const checked = (what: FilingContent) =>
    checkForm({ kind, fields: fields.length === 0 ? null : fields }, what, facts);

  const hits = checked(content).filter((h) => h.severity !== 'inform' || h.rule === 'gap' || h.rule === 'opening');
  // A form that was just opened accuses nobody: what is missing is said when somebody tries to submit.
  const said = hits.filter((h) => isAsked || (h.rule !== 'missing' && h.rule !== 'noProgress'));
  const cells = new Set<FilingField>(filing.returned?.cells ?? []);
  const asksAt = (field: FilingField): Hit[] => said.filter((h) => h.field === field);
  const asks = (field: FilingField) =>
    asksAt(field).map((hit) => <HitAsk key={hit.rule} hit={hit} content={content} onChange={change} />);
  const marked = (field: FilingField) => cells.has(field) && <em className="ff-marked">{t.form.marked}</em>;

  const submit = () => {
    setAsked(true);
    if (blocking(checked(content)).length > 0 || form.conflict || form.isSubmitting) return;
    void form.submit();
  };
  const submitUnchanged = async () => {
    const typed = content.monthYuan !== null && content.monthYuan !== 0;
    if (typed && !(await confirm({ title: t.form.unchanged, body: t.form.unchangedReplace }))) return;
    const note = content.note || (kind === 'monthly' ? t.form.unchangedNote : o.kind[kind].note);
    const cumulativeYuan = isFirstOfYear(facts) ? (content.cumulativeYuan ?? 0) : facts.lastCumulativeYuan;
    const same: FilingContent = {
      ...content,
      unchanged: true,
      ...(isMonth && { monthYuan: 0, cumulativeYuan, cause: null }),
      note,
    };
    setAsked(true);
    if (blocking(checked(same)).length === 0) void form.submit(same);
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

  const blocked = isAsked ? blocking(checked(content)).length : 0;
  const savedWords = {
    none: '',
    local: o.box.local,
    saving: t.saving.saving,
    saved: form.savedAt ? t.saving.saved(shortMoment(moment(form.savedAt))) : '',
    offline: o.box.local,
    conflict: t.saving.conflict,
  }[form.saving];
  const same =
    kind === 'monthly'
      ? {
          title: t.form.unchanged,
          hint: lastMonth === null ? t.form.unchangedFirst : t.form.unchangedHint(lastMonth),
          or: lastMonth === null ? t.form.orFirst : t.form.or(lastMonth),
        }
      : { title: o.kind[kind].unchanged, hint: o.kind[kind].hint, or: o.kind[kind].or };

  return (
    <form className="ff" onSubmit={onSubmit} onKeyDown={onKey} noValidate>
      {(!isOnline || form.isQueued) && (
        <p className="ff-offline" role="status">
          {form.isQueued ? t.saving.offlineQueued : t.saving.offline}
        </p>
      )}
      {trouble && (
        <p className="ff-trouble" role="alert">
          {o.box[trouble]}
        </p>
      )}
      <Together
        filing={filing}
        typedAt={() => typedAt.current}
        hasUnsaved={form.saving !== 'none' && form.saving !== 'saved'}
        onMoved={form.saveSoon}
      />
      {form.takenIn && (
        <p className="ff-together" role="status">
          {o.together.taken(
            form.takenIn.by ?? o.together.somebody,
            [...new Set(form.takenIn.keys.map((key) => label([key])))].join(o.together.and),
          )}
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
          {same.title}
          <small>{same.hint}</small>
        </button>
      )}
      <p className="ff-or">{same.or}</p>

      <div className="ff-fields">
        {isMonth && (
          <MoneyRows
            filing={filing}
            content={content}
            onChange={change}
            isMarked={(field) => cells.has(field)}
            asks={asks}
          />
        )}
        {isMonth &&
          (facts.startedOn === null || cells.has('startedOn')) &&
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
            {marked('imageProgress')}
          </label>
          {isMonth && last && lastMonth !== null && last.content.imageProgress !== content.imageProgress && (
            <span className="was">{t.form.imageWas(lastMonth, last.content.imageProgress || t.none)}</span>
          )}
          <textarea
            id="imageProgress"
            rows={2}
            maxLength={2000}
            placeholder={t.form.imageHint}
            value={content.imageProgress}
            onChange={(event) => change({ imageProgress: event.target.value, ...(!isMonth && { unchanged: false }) })}
          />
          {asks('imageProgress')}
        </div>
        <WeekNotes filing={filing} content={content} onChange={change} />
        {isAskedFor('milestones') && (
          <MilestoneRows
            milestones={filing.milestones}
            ticks={content.milestones}
            today={today}
            isMarked={cells.has('milestones')}
            onChange={(milestones) => change({ milestones })}
          />
        )}
        {isAskedFor('problems') && (
          <div className="ff-row wide">
            <span className="label" id="problems-label">
              {t.fields.problems}
              {marked('problems')}
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
        )}
        {isAskedFor('nextSteps') && (
          <div className="ff-row wide">
            <label htmlFor="nextSteps">
              {t.fields.nextSteps}
              {marked('nextSteps')}
            </label>
            <textarea
              id="nextSteps"
              rows={1}
              maxLength={2000}
              placeholder={o.nextHint}
              value={content.nextSteps}
              onChange={(event) => change({ nextSteps: event.target.value })}
            />
          </div>
        )}
        {isAskedFor('photos') && (
          <div className="ff-row wide">
            <span className="label">
              {t.fields.photos}
              {marked('photos')}
            </span>
            <PhotoStrip
              filingId={filing.id}
              photos={content.photos}
              held={form.held}
              onAdd={(photo) => form.setHeld((held) => [...held, photo])}
              onRemove={(fileId) => change({ photos: content.photos.filter((p) => p.fileId !== fileId) })}
              onRemoveHeld={(key) => form.setHeld((held) => held.filter((p) => p.key !== key))}
            />
          </div>
        )}
        {!isMonth && asks('note')}
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
