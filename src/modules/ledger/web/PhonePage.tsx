import { Button, Radio } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { usePageTitle, useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment } from '#core/web/ui/format.ts';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { ledger } from '../contract.ts';
import { stateWords } from '../flow.ts';
import { matterLightWords } from '../light-words.ts';
import type { MatterView } from '../shapes.ts';
import * as actText from './act-text.ts';
import { type Answer, useAnswer } from './acts/answer.ts';
import { NeedList } from './acts/ClaimDrawer.tsx';
import { EvidenceField } from './acts/EvidenceField.tsx';
import { RestoredNote } from './acts/RestoredNote.tsx';
import { EvidencePicker, inputOf } from './EvidencePicker.tsx';
import { kindsOfClaim, kindsOfReport } from './evidence-kinds.ts';
import { MatterLight } from './MatterLight.tsx';
import { daysPast, lampSay, missingWith, newestReturn } from './matter-show.ts';
import * as text from './matter-text.ts';
import { useAct, useMatter, useOneOf } from './use-matter.ts';
import './matter.css';

/** `/m/:id`, the address of the QR code: what is asked, until when, and the answer with a photo and a sentence. */
export function PhonePage() {
  const { id = '' } = useParams();
  const t = useText(text);
  const found = useMatter(id);
  usePageTitle(found.data?.title);
  if (found.error && !found.data) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <p className="page-wait">{t.loading}</p>;
  return <Phone key={id} matter={found.data} />;
}

function Phone({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const p = t.phone;
  const words = useWords();
  const { today } = useSession();
  const call = useClient(ledger);
  const oneOf = useOneOf();
  const say = lampSay(matter, today, t, words(matterLightWords[matter.light]), words(stateWords.void));
  const past = daysPast(matter, today);
  const returned = newestReturn(matter);
  const newest = matter.events.findLast((event) => event.text);
  const sign = useAct<void>(
    matter.id,
    () => oneOf(call.sign({ ids: [matter.id] })),
    () => 'sign',
  );
  const can = (act: string) => matter.allowed.includes(act);
  const isAsked = can('sign') || can('report') || can('claim');
  return (
    <article className="mp">
      <header>
        <p className="mp-no">
          <span className="num">{matter.no}</span> {words(stateWords[matter.state])}
          {matter.demo && <span className="sample">{t.sample}</span>}
        </p>
        <h1>{matter.title}</h1>
        <p className="mp-due">
          <MatterLight value={matter.light} say={say} lamp />
          {matter.dueCurrent && (
            <span>
              {p.until} <b className="num">{matter.dueCurrent}</b>
              {past !== null && past <= 0 && <span className="muted"> {t.due.left(-past)}</span>}
            </span>
          )}
        </p>
      </header>
      {matter.state === 'returned' && returned?.text && (
        <p className="mt-returned">
          <b>{p.returnedWith}</b> {returned.onDay} {returned.text}
        </p>
      )}
      <section>
        <h2>{p.asks}</h2>
        <p className="mt-asked">{matter.body || matter.title}</p>
        <p className="muted">
          {[
            matter.projectName,
            matter.leadUnitName && `${t.facts.lead} ${matter.leadUnitName}`,
            matter.handlerName,
            matter.verifierUnit && `${t.facts.verifier} ${matter.verifierUnit.name}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {matter.signedOn && matter.signedByName && (
          <p className="muted">{p.signed(matter.signedOn, matter.signedByName)}</p>
        )}
      </section>
      {can('sign') && (
        <Button type="primary" size="large" block loading={sign.isPending} onClick={() => sign.mutate()}>
          {p.sign}
        </Button>
      )}
      {sign.error && <ProblemView compact error={sign.error} />}
      {(can('report') || can('claim')) && <AnswerForm matter={matter} />}
      {!isAsked && <p className="muted mp-wait">{p.wait}</p>}
      {newest && (
        <section>
          <h2>{p.newest}</h2>
          <p>
            <b>{t.acts[newest.act] ?? newest.act}</b> {newest.text}
          </p>
          <p className="muted">
            {moment(newest.at)} {[newest.unitName, newest.actorName].filter(Boolean).join(' ')}
          </p>
        </section>
      )}
      <p>
        <Link to={`/matters/${matter.id}`}>{p.whole}</Link>
      </p>
    </article>
  );
}

/** A sentence and photos, as progress or as the claim that it is done. Kept here until it has arrived. */
function AnswerForm({ matter }: { matter: MatterView }) {
  const t = useText(text).phone;
  const a = useText(actText);
  const words = useWords();
  const call = useClient(ledger);
  const can = (act: string) => matter.allowed.includes(act);
  const [kind, setKind] = useState<'report' | 'claim'>(can('report') ? 'report' : 'claim');
  const { value, set, restoredAt, clear } = useAnswer(matter.id, kind);
  const [busy, setBusy] = useState(0);
  const missing = kind === 'claim' ? missingWith(matter, value.pieces) : null;
  const send = useAct<Answer>(
    matter.id,
    (answer) => {
      const input = {
        id: matter.id,
        version: matter.version,
        text: answer.words.trim(),
        evidence: inputOf(answer.pieces),
      };
      return kind === 'claim' ? call.claim(input) : call.report(input);
    },
    () => kind,
    clear,
  );
  const isReady = value.words.trim() !== '' && busy === 0 && missing === null;
  return (
    <form
      className="mp-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) send.mutate(value);
      }}
    >
      <Radio.Group
        block
        optionType="button"
        buttonStyle="solid"
        aria-label={t.answer}
        value={kind}
        onChange={(event) => setKind(event.target.value as 'report' | 'claim')}
        options={[
          ...(can('report') ? [{ value: 'report', label: t.isProgress }] : []),
          ...(can('claim') ? [{ value: 'claim', label: t.isDone }] : []),
        ]}
      />
      <RestoredNote restoredAt={restoredAt} onClear={clear} />
      <EvidenceField fault={fieldSentence(send.error, 'evidence')}>
        {kind === 'claim' && <NeedList matter={matter} given={value.pieces.map((piece) => piece.kind)} />}
        <EvidencePicker
          key={kind}
          kinds={kind === 'claim' ? kindsOfClaim(matter.kind, matter.track) : kindsOfReport}
          pieces={value.pieces}
          onChange={(change) => set((now) => ({ ...now, pieces: change(now.pieces) }))}
          onBusy={setBusy}
        />
      </EvidenceField>
      <FormField label={t.sentence} hint={t.sentenceHint[kind]} fault={fieldSentence(send.error, 'text')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={3}
            value={value.words}
            maxLength={2000}
            onChange={(event) => set((now) => ({ ...now, words: event.target.value }))}
          />
        )}
      </FormField>
      {missing && <p className="field-hint">{a.claim.notEnough(words(missing))}</p>}
      {send.error && !fieldSentence(send.error, 'evidence') && !fieldSentence(send.error, 'text') && (
        <ProblemView compact error={send.error} />
      )}
      <Button type="primary" size="large" block htmlType="submit" disabled={!isReady} loading={send.isPending}>
        {t.send[kind]}
      </Button>
    </form>
  );
}
