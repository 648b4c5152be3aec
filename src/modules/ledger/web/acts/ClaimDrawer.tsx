import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { ledger } from '../../contract.ts';
import { type EvidenceKind, evidenceNeeded, evidenceWords } from '../../evidence.ts';
import { isEnded } from '../../flow.ts';
import type { MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import { EvidencePicker, inputOf } from '../EvidencePicker.tsx';
import { kindsOfClaim } from '../evidence-kinds.ts';
import { evidenceNow, missingWith, newestReturn } from '../matter-show.ts';
import { useAct } from '../use-matter.ts';
import { useAnswer } from './answer.ts';
import { EvidenceField } from './EvidenceField.tsx';
import { RestoredNote } from './RestoredNote.tsx';

/** What was done and what shows it. It says before sending what evidence the kind asks for and what of it is there. */
export function ClaimDrawer({ matter, onClose }: { matter: MatterView; onClose: () => void }) {
  const t = useText(text).claim;
  const words = useWords();
  const call = useClient(ledger);
  const { value, set, restoredAt, clear } = useAnswer(matter.id, 'claim');
  const [busy, setBusy] = useState(0);
  const missing = missingWith(matter, value.pieces);
  const openParts = matter.children.filter((child) => !isEnded(child.state)).length;
  const returned = newestReturn(matter);
  const save = useAct(
    matter.id,
    () =>
      call.claim({
        id: matter.id,
        version: matter.version,
        text: value.words.trim(),
        evidence: inputOf(value.pieces),
      }),
    () => 'claim',
    () => {
      clear();
      onClose();
    },
  );
  return (
    <FormDrawer
      title={t.title}
      error={save.error}
      fields={['text', 'evidence']}
      isPending={save.isPending}
      isReady={value.words.trim() !== '' && busy === 0 && missing === null && openParts === 0}
      saveWords={t.save}
      onSave={() => save.mutate(undefined)}
      onClose={onClose}
      above={
        <>
          {returned && matter.returns > 0 && (
            <p className="mt-returned">
              {t.lastReturn(returned.actorName, returned.onDay)}
              {returned.text}
            </p>
          )}
          {openParts > 0 && <p className="late">{t.childrenOpen(openParts)}</p>}
          <RestoredNote restoredAt={restoredAt} onClear={clear} />
        </>
      }
    >
      <FormField label={t.text} hint={t.textHint} fault={fieldSentence(save.error, 'text')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={4}
            value={value.words}
            maxLength={2000}
            onChange={(event) => set((now) => ({ ...now, words: event.target.value }))}
          />
        )}
      </FormField>
      <EvidenceField fault={fieldSentence(save.error, 'evidence')}>
        <NeedList matter={matter} given={value.pieces.map((piece) => piece.kind)} />
        <EvidencePicker
          kinds={kindsOfClaim(matter.kind, matter.track)}
          pieces={value.pieces}
          onChange={(change) => set((now) => ({ ...now, pieces: change(now.pieces) }))}
          onBusy={setBusy}
        />
        {missing && (
          <p className="field-hint" aria-live="polite">
            {t.notEnough(words(missing))}
          </p>
        )}
      </EvidenceField>
    </FormDrawer>
  );
}

/** The alternatives of evidence that close a matter of this kind, each with what of it is there. */
export function NeedList({ matter, given }: { matter: MatterView; given: readonly EvidenceKind[] }) {
  const t = useText(text).claim;
  const words = useWords();
  const there = new Set<EvidenceKind>([...evidenceNow(matter).map((one) => one.kind), ...given]);
  return (
    <div className="mt-need">
      <p>{t.needs}</p>
      <ul>
        {evidenceNeeded(matter.kind, matter.track).map((choice) => (
          <li key={choice.join()} className={choice.every((kind) => there.has(kind)) ? 'whole' : undefined}>
            {choice.map((kind) => (
              <span key={kind} className={there.has(kind) ? 'has' : 'lacks'}>
                {words(evidenceWords[kind])} <small>{there.has(kind) ? t.has : t.missing}</small>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
