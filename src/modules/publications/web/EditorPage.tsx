import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { publications } from '../contract.ts';
import { keyOf, warningsOf } from '../draft.ts';
import { type Publication, products } from '../shapes.ts';
import { putReference, runsAt, setRuns } from './edit-content.ts';
import { Paper } from './Paper.tsx';
import './publications.css';
import type { Chosen } from './Sentence.tsx';
import { Catalogue, Source, Warnings } from './SourcePanel.tsx';
import { StateMark } from './StateMark.tsx';
import * as text from './text.ts';
import { type Autosave, useAutosave } from './use-autosave.ts';

/** `/publications/:id`: the bulletin as a page of paper, with where its figures come from beside it. */
export function EditorPage() {
  const t = useText(text);
  const { id = '' } = useParams();
  const api = useClient(publications);
  const found = useQuery({
    queryKey: ['publications', 'one', id],
    queryFn: ({ signal }) => api.get({ id }, { signal }),
    refetchInterval: (query) => (query.state.data?.state === 'releasing' ? 3_000 : false),
  });
  useLiveRefetch(['publications.*', 'editions.frozen'], [['publications', 'one', id]]);
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <p className="page-wait">{t.loading}</p>;
  return <Editor key={id} publication={found.data} />;
}

function Editor({ publication }: { publication: Publication }) {
  const t = useText(text);
  const words = useWords();
  const save = useAutosave(publication);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  // Of figures put in a moment ago, until the server has answered for them.
  const [fresh, setFresh] = useState<Publication['answers']>({});
  const answers = { ...fresh, ...publication.answers };
  const isDraft = publication.allowed.includes('save');
  const { content } = save.edited;
  // Warnings of what is on the screen, not of what was kept a moment ago.
  const warnings = isDraft ? warningsOf(content, (ref) => answers[keyOf(ref)] ?? null) : [];
  const target = chosen && runsAt(content, chosen.blockId, chosen.sentenceId) ? chosen : null;
  const verb = !isDraft || !target ? null : target.run === null ? t.editor.insert : t.editor.replace;
  return (
    <>
      <PageHead
        title={publication.title}
        crumbs={<Link to="/publications">{t.editor.back}</Link>}
        mark={<StateMark row={publication} />}
        note={
          <>
            {words(publication.templateName)}　{month(publication.period)}　{t.edition(publication.editionVersion)}
          </>
        }
        actions={<Acts publication={publication} save={save} warnings={warnings.length} />}
      />
      <div className="page-body pub-page">
        <Notices publication={publication} save={save} />
        <div className="pub-columns">
          <Paper
            publication={{ ...publication, answers, number: save.edited.number }}
            content={content}
            chosen={chosen}
            onChoose={setChosen}
            onEdit={isDraft ? (change) => save.edit((now) => ({ ...now, content: change(now.content) })) : undefined}
          />
          <aside className="pub-side" aria-label={t.panel.title}>
            <Source id={publication.id} reference={chosen?.reference ?? null} />
            {isDraft && (
              <>
                <Warnings
                  warnings={warnings}
                  onGo={({ blockId, sentenceId }) => {
                    setChosen({ blockId, sentenceId, run: null, reference: null });
                    document.getElementById(`pub-${blockId}`)?.scrollIntoView({ block: 'center' });
                  }}
                />
                <Heads publication={publication} save={save} />
                <Catalogue
                  id={publication.id}
                  verb={verb}
                  onUse={({ query, format, text: shown }) => {
                    if (!target) return;
                    setFresh((now) => ({ ...now, [keyOf({ query, format })]: shown }));
                    save.edit((now) => ({
                      ...now,
                      content: setRuns(
                        now.content,
                        target.blockId,
                        target.sentenceId,
                        putReference(runsAt(now.content, target.blockId, target.sentenceId) ?? [], target.run, {
                          query,
                          format,
                        }),
                      ),
                    }));
                    setChosen({ ...target, run: null, reference: { query, format } });
                  }}
                />
              </>
            )}
            <Files publication={publication} />
          </aside>
        </div>
      </div>
    </>
  );
}

/** Number, correction note: what stands around the text. */
function Heads({ publication, save }: { publication: Publication; save: Autosave }) {
  const t = useText(text).editor;
  return (
    <section className="card pub-heads">
      <FormField label={t.number} hint={t.numberHint}>
        {(id) => (
          <Input
            id={id}
            maxLength={60}
            value={save.edited.number ?? ''}
            onChange={({ target }) => save.edit((now) => ({ ...now, number: target.value || null }))}
          />
        )}
      </FormField>
      {publication.replacesId && (
        <FormField label={t.correction} hint={t.correctionHint}>
          {(id) => (
            <TextBox
              id={id}
              maxLength={500}
              value={save.edited.note ?? ''}
              onChange={({ target }) => save.edit((now) => ({ ...now, note: target.value || null }))}
            />
          )}
        </FormField>
      )}
    </section>
  );
}

function Acts({ publication, save, warnings }: { publication: Publication; save: Autosave; warnings: number }) {
  const t = useText(text);
  const e = t.editor;
  const api = useClient(publications);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { id, allowed } = publication;
  const key = ['publications', 'one', id];
  const fail = (error: unknown) => void message.error(sentenceOf(error));
  const act = useMutation({
    mutationFn: async (name: 'refresh' | 'rewrite' | 'discard' | 'release') => {
      const draftVersion = await save.flush();
      return name === 'release'
        ? api.release({ id, draftVersion, note: save.edited.note })
        : api[name]({ id, draftVersion });
    },
    onSuccess: (next, name) => {
      void cache.invalidateQueries({ queryKey: ['publications'] });
      if (name === 'discard') void navigate('/publications');
      else cache.setQueryData(key, next);
    },
    onError: fail,
  });
  const restate = useMutation({
    mutationFn: () => api.create({ template: publication.template, period: publication.period, keepsText: true }),
    onSuccess: (made) => void navigate(`/publications/${made.id}`),
    onError: fail,
  });
  const ask = async (name: 'rewrite' | 'discard' | 'release') => {
    const question = {
      rewrite: { title: e.rewrite, body: e.rewriteBody, danger: true },
      discard: { title: e.discard, body: e.discardBody, danger: true },
      release: {
        title: e.releaseTitle,
        body: warnings > 0 ? `${e.releaseBody}${e.releaseWarned(warnings)}` : e.releaseBody,
        ok: e.release,
      },
    }[name];
    if (await confirm(question)) act.mutate(name);
  };
  const state = { saved: e.saved, saving: e.saving, unsaved: e.unsaved, lost: e.lost }[save.state];
  return (
    <>
      {allowed.includes('save') && (
        <span className={save.state === 'lost' ? 'pub-state is-lost' : 'pub-state'} role="status">
          {state}
        </span>
      )}
      {publication.state === 'draft' && (
        <>
          <Button href={urlOf(publications, 'preview', { id, product: 'pdf' })}>{e.previewPdf}</Button>
          <Button href={urlOf(publications, 'preview', { id, product: 'word' })}>{e.previewWord}</Button>
        </>
      )}
      <Link to={`/publications/${id}/phone`}>
        <Button>{t.phone}</Button>
      </Link>
      {allowed.includes('rewrite') && <Button onClick={() => void ask('rewrite')}>{e.rewrite}</Button>}
      {allowed.includes('discard') && <Button onClick={() => void ask('discard')}>{e.discard}</Button>}
      {allowed.includes('refresh') && (
        <Button loading={act.isPending} onClick={() => act.mutate('refresh')}>
          {e.refresh}
        </Button>
      )}
      {allowed.includes('restate') && (
        <Button type="primary" loading={restate.isPending} onClick={() => restate.mutate()}>
          {e.restate}
        </Button>
      )}
      {allowed.includes('release') && (
        <Button
          type="primary"
          loading={act.isPending}
          disabled={save.conflict !== null}
          onClick={() => void ask('release')}
        >
          {e.release}
        </Button>
      )}
    </>
  );
}

/** What a reader must know before reading: conflicts, newer figures, corrections, a release that failed. */
function Notices({ publication, save }: { publication: Publication; save: Autosave }) {
  const t = useText(text).editor;
  const { replacedById, replacesId, changes, problem } = publication;
  return (
    <>
      {save.conflict !== null && (
        <div className="pub-notice is-warn" role="alert">
          <p>▲ {t.conflict(save.conflict)}</p>
          <Button onClick={save.keepMine}>{t.keepMine}</Button>
          <Button onClick={save.takeTheirs}>{t.takeTheirs}</Button>
        </div>
      )}
      {problem && (
        <div className="pub-notice is-warn" role="alert">
          <p>
            ▲ {t.failed}
            {problem}
          </p>
        </div>
      )}
      {publication.state === 'releasing' && (
        <div className="pub-notice" role="status">
          <p>{t.releasing}</p>
        </div>
      )}
      {publication.state === 'draft' && publication.newestEdition > publication.editionVersion && (
        <div className="pub-notice is-warn">
          <p>▲ {t.newer(publication.newestEdition)}</p>
        </div>
      )}
      {replacedById && (
        <div className="pub-notice is-warn">
          <p>
            ▲ <Link to={`/publications/${replacedById}`}>{t.replacedBy}</Link>
          </p>
        </div>
      )}
      {replacesId && (
        <div className="pub-notice">
          <p>
            <Link to={`/publications/${replacesId}`}>{t.replaces}</Link>
            {publication.note && `　${publication.note}`}
          </p>
          {changes.length > 0 && (
            <details>
              <summary>{t.changes(changes.length)}</summary>
              <ScrollX label={t.changes(changes.length)}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{t.changeColumns.place}</th>
                      <th>{t.changeColumns.field}</th>
                      <th>{t.changeColumns.old}</th>
                      <th>{t.changeColumns.new}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {changes.slice(0, 60).map((each) => (
                      <tr key={`${each.place} ${each.field}`}>
                        <td>{each.place}</td>
                        <td>{each.field}</td>
                        <td className="nowrap">{each.old ?? '—'}</td>
                        <td className="nowrap">{each.new ?? '—'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            </details>
          )}
        </div>
      )}
    </>
  );
}

function Files({ publication }: { publication: Publication }) {
  const t = useText(text);
  const { id, files, events } = publication;
  const known = t.editor.events as Record<string, string>;
  return (
    <section className="card pub-files">
      {files.length > 0 && (
        <>
          <h2>{t.editor.files}</h2>
          <ul>
            {products
              .filter((product) => files.some((file) => file.product === product))
              .map((product) => {
                const file = files.find((one) => one.product === product)!;
                return (
                  <li key={product}>
                    <a href={urlOf(publications, 'file', { id, product })}>{t.products[product]}</a>{' '}
                    <small className="muted">
                      {Math.ceil(file.size / 1024)} KB <code title={file.id}>{file.id.slice(0, 12)}</code>
                    </small>
                  </li>
                );
              })}
          </ul>
        </>
      )}
      <h2>{t.editor.history}</h2>
      <ul>
        {events.map((event) => (
          <li key={`${event.at} ${event.kind}`}>
            {known[event.kind] ?? event.kind}　{event.byName} <small className="muted nowrap">{moment(event.at)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
