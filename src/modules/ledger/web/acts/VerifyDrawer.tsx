import { Radio } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { useClient } from '#core/web/client.ts';
import { isTyping } from '#core/web/shortcuts.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { ledger } from '../../contract.ts';
import type { MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import { EvidenceGrid } from '../EvidenceRounds.tsx';
import { evidenceNow, newestClaim, roundOf } from '../matter-show.ts';
import { useAct } from '../use-matter.ts';
import { RestoredNote } from './RestoredNote.tsx';

const methods = ['onSite', 'document', 'photo'] as const;
interface Verdict {
  result: 'passed' | 'failed' | null;
  method: (typeof methods)[number];
  note: string;
}
const undecided: Verdict = { result: null, method: 'onSite', note: '' };

/** The claim and its evidence above, the verdict below; one key each for what is chosen, so that a queue goes quickly. */
export function VerifyDrawer({ matter, onClose }: { matter: MatterView; onClose: () => void }) {
  const t = useText(text).verify;
  const words = useWords();
  const call = useClient(ledger);
  const { value, set, restoredAt, clear } = useDraft<Verdict>(
    `ledger.verify.${matter.id}.${roundOf(matter)}`,
    undecided,
  );
  const save = useAct(
    matter.id,
    () =>
      call.verify({
        id: matter.id,
        version: matter.version,
        result: value.result ?? 'failed',
        method: value.method,
        note: value.note.trim(),
      }),
    () => (value.result === 'passed' ? 'pass' : 'return'),
    () => {
      clear();
      onClose();
    },
  );
  const result = value.result ?? 'passed';
  const choose = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const method = methods[Number(key) - 1];
    if (key === 'a' && matter.allowed.includes('pass')) set((now) => ({ ...now, result: 'passed' }));
    else if (key === 'r' && matter.allowed.includes('return')) set((now) => ({ ...now, result: 'failed' }));
    else if (method) set((now) => ({ ...now, method }));
    else return;
    event.preventDefault();
  });
  // On the document: the drawer itself has the focus when it opens, and the keys must work at once.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => choose(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  const evidence = evidenceNow(matter);
  const claim = newestClaim(matter);
  return (
    <FormDrawer
      title={t.title}
      size={620}
      error={save.error}
      fields={['note', 'result']}
      isPending={save.isPending}
      isReady={value.result !== null && value.note.trim() !== ''}
      isDanger={value.result === 'failed'}
      saveWords={t.save[result]}
      onSave={() => save.mutate(undefined)}
      onClose={onClose}
      above={
        <div className="mt-claimed">
          {claim && (
            <p>
              <b>{t.claimed(claim.actorName, claim.onDay)}</b> <span className="muted">{t.round(roundOf(matter))}</span>
              <br />
              {claim.text}
            </p>
          )}
          {evidence.some((one) => one.alsoIn) && <p className="mt-returned">{t.same}</p>}
          {evidence.length > 0 ? (
            <EvidenceGrid matterId={matter.id} list={evidence} />
          ) : (
            <p className="late">
              {t.noEvidence}
              {matter.evidenceMissing && `：${words(matter.evidenceMissing)}`}
            </p>
          )}
          {matter.returns > 0 && <p className="warn">{t.again(matter.returns)}</p>}
          <RestoredNote restoredAt={restoredAt} onClear={clear} />
        </div>
      }
    >
      <div className="mt-verdict">
        <FormField label={t.result} fault={fieldSentence(save.error, 'result')}>
          {(id) => (
            <Radio.Group
              id={id}
              optionType="button"
              buttonStyle="solid"
              value={value.result}
              onChange={(event) => set((now) => ({ ...now, result: event.target.value as 'passed' | 'failed' }))}
            >
              {matter.allowed.includes('pass') && (
                <Radio.Button value="passed">
                  {t.passed} <kbd>A</kbd>
                </Radio.Button>
              )}
              {matter.allowed.includes('return') && (
                <Radio.Button value="failed">
                  {t.failed} <kbd>R</kbd>
                </Radio.Button>
              )}
            </Radio.Group>
          )}
        </FormField>
        <FormField label={t.method}>
          {(id) => (
            <Radio.Group
              id={id}
              value={value.method}
              onChange={(event) => set((now) => ({ ...now, method: event.target.value as Verdict['method'] }))}
              options={methods.map((method, i) => ({ value: method, label: `${i + 1} ${t.methods[method]}` }))}
            />
          )}
        </FormField>
        <FormField label={t.note[result]} hint={t.noteHint[result]} fault={fieldSentence(save.error, 'note')}>
          {(id) => (
            <TextBox
              id={id}
              minRows={3}
              value={value.note}
              maxLength={2000}
              onChange={(event) => set((now) => ({ ...now, note: event.target.value }))}
            />
          )}
        </FormField>
        <p className="field-hint mt-keys">{t.keys}</p>
      </div>
    </FormDrawer>
  );
}
