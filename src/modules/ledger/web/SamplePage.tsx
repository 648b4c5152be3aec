import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { ledger } from '../contract.ts';
import { stateWords } from '../flow.ts';
import type { SampleMember } from '../list-contract.ts';
import * as text from './list-text.ts';
import './list.css';

/** The draws so far, newest first. */
export function SamplesPage() {
  const t = useText(text);
  const api = useClient(ledger);
  const found = useQuery({ queryKey: ['ledger', 'samples'], queryFn: ({ signal }) => api.samples({}, { signal }) });
  return (
    <>
      <PageHead title={t.samplePage.list} crumbs={<Link to="/matters">{t.stats.back}</Link>} />
      <div className="ml-page">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <Empty title={t.samplePage.empty} hint={t.samplePage.emptyHint} />}
        {found.data && found.data.length > 0 && (
          <ul className="ml-cards">
            {found.data.map((one) => (
              <li key={one.id}>
                <Link to={`/matters/samples/${one.id}`}>
                  <b>{t.samplePage.drawn(one.drawn, one.population)}</b>
                  <span>{t.samplePage.states[one.state]}</span>
                  <span className="soft">
                    {t.samplePage.by(one.drawnByName, moment(one.drawnAt))} ·{' '}
                    {t.samplePage.judged(one.judged, one.drawn)} · {t.samplePage.seed} {one.seed}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

/** One draw: how it was made, what was drawn, and what came of it. */
export function SamplePage() {
  const { id = '' } = useParams();
  const t = useText(text).samplePage;
  const api = useClient(ledger);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const key = ['ledger', 'sample', id];
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => api.sample({ id }, { signal }) });
  useLiveRefetch(['ledger.*'], [key]);
  const close = useMutation({
    mutationFn: () => api.closeSample({ id, note: t.closeNote }),
    onSuccess: ({ closed, left }) => {
      void message.success(t.closed(closed, left));
      void cache.invalidateQueries({ queryKey: ['ledger'] });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  const sample = found.data;
  if (!sample) return <p className="page-wait">…</p>;
  const drawn = sample.members.filter((member) => member.isDrawn);
  const rest = sample.members.filter((member) => !member.isDrawn);
  const judged = drawn.filter((member) => member.result !== null).length;
  return (
    <>
      <PageHead
        title={t.title}
        crumbs={<Link to="/matters/samples">{t.list}</Link>}
        note={`${t.drawn(drawn.length, sample.population)} · ${t.judged(judged, drawn.length)} · ${t.states[sample.state]}`}
        actions={
          sample.allowed.includes('close') && (
            <Button
              type="primary"
              loading={close.isPending}
              onClick={async () => {
                if (await confirm({ title: t.close(rest.length), body: t.closeNote })) close.mutate();
              }}
            >
              {t.close(rest.length)}
            </Button>
          )
        }
      >
        {t.by(sample.drawnByName, moment(sample.drawnAt))}
      </PageHead>
      <div className="ml-page">
        <section className="card">
          <dl className="kv">
            <dt>{t.seed}</dt>
            <dd className="ml-hash">{sample.seed}</dd>
            <dt>{t.hash}</dt>
            <dd className="ml-hash">
              {sample.populationHash}
              <br />
              <span className="muted">{t.hashHint}</span>
            </dd>
          </dl>
          {sample.state === 'failed' && <p>{t.failedHint}</p>}
        </section>
        <section className="card">
          <h2 className="h">{t.drawnOnes}</h2>
          <ul className="ml-cards">
            {drawn.map((member) => (
              <Drawn key={member.matterId} sampleId={id} member={member} mayJudge={sample.allowed.includes('judge')} />
            ))}
          </ul>
        </section>
        <section className="card">
          <h2 className="h">{t.rest}</h2>
          <ScrollX label={t.rest}>
            <table className="plain">
              <tbody>
                {rest.map((member) => (
                  <tr key={member.matterId}>
                    <th scope="row">
                      <Link to={`/matters/${member.matterId}`}>{member.no}</Link>
                    </th>
                    <td>{member.title}</td>
                    <td>{member.leadUnitName}</td>
                    <StateCell member={member} />
                    <td className="ml-hash">{member.hash.slice(0, 12)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </section>
      </div>
    </>
  );
}

function StateCell({ member }: { member: SampleMember }) {
  const words = useWords();
  return <td>{words(stateWords[member.state])}</td>;
}

/** A drawn one is verified here, or on its own page: both count. */
function Drawn({ sampleId, member, mayJudge }: { sampleId: string; member: SampleMember; mayJudge: boolean }) {
  const t = useText(text).samplePage;
  const api = useClient(ledger);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const [method, setMethod] = useState<'onSite' | 'document' | 'photo'>('onSite');
  const judge = useMutation({
    mutationFn: (result: 'passed' | 'failed') =>
      api.judgeSample({ id: sampleId, matterId: member.matterId, result, method, note: note.trim() }),
    onSuccess: () => {
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['ledger'] });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const isOpen = mayJudge && member.result === null;
  const ready = note.trim() !== '';
  return (
    <li className="ml-counter">
      <div>
        <Link className="ml-drawn" to={`/matters/${member.matterId}`}>
          <span className="ml-card-head">
            <span>{member.no}</span>
            <span>{member.result ? t[member.result] : t.waiting}</span>
            <span className="ml-card-no ml-hash">
              {t.order} {member.hash.slice(0, 12)}
            </span>
          </span>
          <b>{member.title}</b>
          <span className="soft">{member.leadUnitName}</span>
        </Link>
      </div>
      {isOpen && (
        <div className="ml-judge">
          <Select
            aria-label={t.method}
            value={method}
            options={(['onSite', 'document', 'photo'] as const).map((value) => ({ value, label: t.methods[value] }))}
            onChange={setMethod}
          />
          <Input
            aria-label={t.note}
            placeholder={t.note}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button type="primary" disabled={!ready} loading={judge.isPending} onClick={() => judge.mutate('passed')}>
            {t.pass}
          </Button>
          <Button danger disabled={!ready} loading={judge.isPending} onClick={() => judge.mutate('failed')}>
            {t.fail}
          </Button>
        </div>
      )}
    </li>
  );
}
