import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Popover } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { projects } from '../../contract.ts';
import type { Import } from '../../import-contract.ts';
import { fieldInfo } from '../../ledger/field.ts';
import { CancelButton } from './CancelButton.tsx';
import { ImportHead } from './ImportPage.tsx';
import { MappingTable } from './MappingTable.tsx';
import { PreviewGrid } from './PreviewGrid.tsx';
import { QuestionList } from './QuestionList.tsx';
import { StructureStrip } from './StructureStrip.tsx';
import { doneSentence, newUnitCount } from './sentence.ts';
import { changeOf, isChanged, settingsOf } from './settings.ts';
import * as text from './text.ts';

/** The preview: what was understood, what is open, which column is what, every row; and at the foot, what accepting does. */
export function ImportReview({ found, setFound }: { found: Import; setFound: (found: Import) => void }) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(projects);
  const { message } = App.useApp();
  const [settings, setSettings] = useState(() => settingsOf(found));
  const isOpen = found.questions.some((q) => q.isBlocking);
  const [isMappingShown, setMappingShown] = useState(false);
  const isDirty = isChanged(found, settings);
  const map = useMutation({
    mutationFn: (change: { sheet?: number }) =>
      api.mapImport({ id: found.id, ...(change.sheet === undefined ? changeOf(found, settings) : change) }),
    onSuccess: setFound,
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const used = found.columns.filter((c) => c.field !== null && !fieldInfo(c.field).isIgnored).length;
  return (
    <>
      <ImportHead
        found={found}
        actions={
          <>
            <SaveTemplate found={found} />
            <CancelButton found={found} setFound={setFound} />
          </>
        }
      />
      <StructureStrip found={found} onSheet={(sheet) => map.mutate({ sheet })} />
      <QuestionList found={found} settings={settings} setSettings={setSettings} today={today} />
      <div className="import-bar">
        <button
          type="button"
          className="link"
          aria-expanded={isMappingShown}
          onClick={() => setMappingShown(!isMappingShown)}
        >
          {isMappingShown ? '▾' : '▸'} {t.mapping}
        </button>
        <span className="soft">{t.mapped(used, found.columns.length)}</span>
        <span className="muted">{t.mappingHint}</span>
        {isDirty && (
          <span className="to">
            <Button size="small" onClick={() => setSettings(settingsOf(found))}>
              {t.undo}
            </Button>{' '}
            <Button size="small" type="primary" loading={map.isPending} onClick={() => map.mutate({})}>
              {t.apply}
            </Button>
          </span>
        )}
      </div>
      {isMappingShown && <MappingTable found={found} settings={settings} setSettings={setSettings} />}
      <PreviewGrid found={found} />
      <AcceptBar found={found} setFound={setFound} isOpen={isOpen} isDirty={isDirty} onRemap={() => map.mutate({})} />
    </>
  );
}

function AcceptBar({
  found,
  setFound,
  isOpen,
  isDirty,
  onRemap,
}: {
  found: Import;
  setFound: (found: Import) => void;
  isOpen: boolean;
  isDirty: boolean;
  onRemap: () => void;
}) {
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  const accept = useMutation({
    mutationFn: () =>
      api.acceptImport({
        id: found.id,
        revision: found.revision,
        ...(reason.trim() && { reason }),
        ...(approver.trim() && { approver: approver.trim() }),
      }),
    onSuccess: (next) => {
      setFound(next);
      void cache.invalidateQueries({ queryKey: ['projects'] });
    },
  });
  const done = doneSentence(found, t);
  const { counts } = found;
  const rest = [
    counts.unchanged > 0 && t.will.same(counts.unchanged),
    counts.refused > 0 && t.will.refused(counts.refused),
  ].filter(Boolean);
  const units = newUnitCount(found);
  return (
    <footer className="import-accept">
      {accept.error && <ProblemView error={accept.error} compact onRetry={onRemap} />}
      <p>
        {done !== '' ? t.will.sentence(done) : counts.refused > 0 ? t.noneReadable : t.noChange}
        {rest.length > 0 && t.will.rest(rest.join(t.will.comma))}
        {done !== '' && t.will.once}
        {units > 0 && <NewUnits found={found} units={units} />}
      </p>
      {isOpen && <strong className="warn">{t.answerFirst}</strong>}
      {!isOpen && isDirty && <strong className="warn">{t.applyFirst}</strong>}
      <Input
        size="small"
        maxLength={300}
        aria-label={t.reasonLabel}
        placeholder={t.reasonLabel}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {counts.changed > 0 && (
        <Input
          size="small"
          maxLength={60}
          aria-label={t.approverLabel}
          placeholder={t.approverLabel}
          value={approver}
          onChange={(event) => setApprover(event.target.value)}
        />
      )}
      <Button
        type="primary"
        loading={accept.isPending}
        disabled={!found.allowed.includes('accept') || isDirty}
        onClick={() => accept.mutate()}
      >
        {t.accept}
      </Button>
    </footer>
  );
}

function NewUnits({ found, units }: { found: Import; units: number }) {
  const t = useText(text);
  return (
    <Popover
      trigger={['click']}
      placement="topLeft"
      content={
        <div className="import-skipped">
          <p className="muted">{t.newUnitsHint}</p>
          <table className="plain">
            <tbody>
              {found.newUnits.map(({ name, use, rows }) => (
                <tr key={`${use} ${name}`}>
                  <td>{name}</td>
                  <td className="nowrap">{t.uses[use]}</td>
                  <td className="num nowrap">{t.unitRows(rows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    >
      <button type="button" className="link">
        {t.newUnits(units)}
      </button>
    </Popover>
  );
}

function SaveTemplate({ found }: { found: Import }) {
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => api.saveImportTemplate({ importId: found.id, name: name.trim() }),
    onSuccess: (saved) => {
      setOpen(false);
      void message.success(t.templateSaved(saved.name));
      void cache.invalidateQueries({ queryKey: ['projects', 'import', 'templates'] });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  if (!found.allowed.includes('saveTemplate')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t.saveTemplate}
      </Button>
      <Modal
        title={t.saveTemplate}
        open={isOpen}
        okButtonProps={{ disabled: name.trim() === '', loading: save.isPending }}
        onOk={() => save.mutate()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Input
          aria-label={t.templateName}
          placeholder={t.templateName}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Modal>
    </>
  );
}
