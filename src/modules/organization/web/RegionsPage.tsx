import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { regionKindWords } from '../region.ts';
import type { Region } from '../shapes.ts';
import { OrganizationHead } from './OrganizationHead.tsx';
import './organization.css';
import { useLiveOrganization, useRegions, useTree } from './queries.ts';
import { RegionForm } from './RegionForm.tsx';
import { RegionPaste } from './RegionPaste.tsx';
import * as regionText from './region-text.ts';
import * as text from './text.ts';

/** 区划: the city's own list, each code with the kind it is of, its edition and its source. */
export function RegionsPage() {
  const t = useText(text);
  const r = useText(regionText);
  const words = useWords();
  const [showEnded, setShowEnded] = useState(false);
  const [form, setForm] = useState<'add' | 'paste' | Region | null>(null);
  const regions = useRegions(showEnded);
  const mayEdit = useTree(undefined).data?.canEditRegions ?? false;
  useLiveOrganization();
  useShortcut('N', r.add, () => setForm('add'), mayEdit);
  const close = () => setForm(null);
  const list = regions.data ?? [];
  const nameOf = new Map(list.map((region) => [region.code, region.name]));
  return (
    <>
      <OrganizationHead
        tabTitle={t.tabs.regions}
        note={regions.data && list.length}
        actions={
          <>
            <Checkbox checked={showEnded} onChange={(event) => setShowEnded(event.target.checked)}>
              {r.showEnded}
            </Checkbox>
            {mayEdit && <Button onClick={() => setForm('paste')}>{r.paste}</Button>}
            {mayEdit && (
              <Button type="primary" onClick={() => setForm('add')}>
                {r.add}
              </Button>
            )}
          </>
        }
      />
      <div className="page-body">
        <p className="muted region-note">{r.note}</p>
        {regions.isError && <ProblemView error={regions.error} onRetry={() => void regions.refetch()} />}
        {regions.isSuccess && list.length === 0 && <Empty title={r.none} />}
        {list.length > 0 && (
          <table className="plain region-table">
            <thead>
              <tr>
                <th scope="col">{r.code}</th>
                <th scope="col">{r.name}</th>
                <th scope="col">{r.shortName}</th>
                <th scope="col">{r.aliases}</th>
                <th scope="col">{r.kind}</th>
                <th scope="col">{r.parent}</th>
                <th scope="col">{r.edition}</th>
                <th scope="col">{r.source}</th>
                {mayEdit && (
                  <th scope="col">
                    <span className="only-aloud">{r.change}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {list.map((region) => (
                <tr key={region.code} data-state={region.validTo ? 'ended' : 'valid'}>
                  <td className="nowrap">{region.code}</td>
                  <td className="nowrap">
                    {region.name}
                    {region.validTo && <span className="tag after">{r.ended(region.validTo)}</span>}
                  </td>
                  <td className="nowrap">{region.shortName}</td>
                  <td>{region.aliases.join('、')}</td>
                  <td className="nowrap">
                    {region.kind === 'gb' ? (
                      words(regionKindWords.gb)
                    ) : (
                      <span className="tag">{words(regionKindWords[region.kind])}</span>
                    )}
                  </td>
                  <td className="nowrap">
                    {region.parentCode && (nameOf.get(region.parentCode) ?? region.parentCode)}
                  </td>
                  <td>{region.editionYear}</td>
                  <td className="soft">{region.source}</td>
                  {mayEdit && (
                    <td className="nowrap post-acts">
                      <Button
                        type="link"
                        size="small"
                        onClick={() => setForm(region)}
                        aria-label={`${r.change} ${region.name}`}
                      >
                        {r.change}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {form === 'paste' && <RegionPaste onClose={close} />}
      {form === 'add' && <RegionForm onClose={close} />}
      {form !== null && typeof form === 'object' && <RegionForm region={form} onClose={close} />}
    </>
  );
}
