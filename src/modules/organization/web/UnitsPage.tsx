import { Button, Checkbox, Input, type InputRef } from 'antd';
import { useDeferredValue, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useSession } from '#core/web/session.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { DayInput } from './DayInput.tsx';
import { OrganizationHead } from './OrganizationHead.tsx';
import './organization.css';
import { useLiveOrganization, useTree } from './queries.ts';
import * as text from './text.ts';
import { matching } from './tree-rows.ts';
import { UnitPage } from './UnitPage.tsx';
import { UnitTree } from './UnitTree.tsx';

/** 组织: the tree at the left, the chosen unit at the right. Day and “with retired” stand in the address, so a link shows the same. */
export function UnitsPage() {
  const t = useText(text);
  const session = useSession();
  const navigate = useNavigate();
  const { unitId } = useParams();
  const [params, setParams] = useSearchParams();
  const asOf = params.get('asOf') ?? undefined;
  const showRetired = params.has('retired');
  const [find, setFind] = useState('');
  const wanted = useDeferredValue(find);
  const searchBox = useRef<InputRef>(null);
  const tree = useTree(asOf, showRetired);
  useLiveOrganization();
  useShortcut('F', t.tree.searchKey, () => searchBox.current?.select());

  const set = (name: string, value: string | null) =>
    setParams(
      (now) => {
        if (value === null) now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const units = tree.data?.units ?? [];
  const shown = wanted.trim() === '' ? units : matching(units, wanted);
  // The highest unit that is the visitor's: for the office the headquarters, for a county the county.
  const own = new Set(units.filter((unit) => unit.canOpen).map((unit) => unit.id));
  const ownRoot = units.find((unit) => own.has(unit.id) && (unit.parentId === null || !own.has(unit.parentId)));
  const selected = unitId ?? ownRoot?.id;
  const selectedUnit = units.find((unit) => unit.id === selected);
  const open = (id: string) => void navigate({ pathname: `/organization/units/${id}`, search: params.toString() });

  return (
    <>
      <OrganizationHead
        tabTitle={selectedUnit?.name}
        note={tree.data && t.tree.total(units.filter((unit) => unit.state === 'valid').length)}
        actions={
          <>
            <Checkbox checked={showRetired} onChange={(event) => set('retired', event.target.checked ? '1' : null)}>
              {t.tree.showRetired}
            </Checkbox>
            <DayInput
              label={t.tree.asOf}
              value={asOf ?? session.today}
              onChange={(day) => set('asOf', day && day !== session.today ? day : null)}
            />
          </>
        }
      />
      {asOf && (
        <p className="unit-past" role="status">
          {t.tree.past(asOf)}
          <Button size="small" onClick={() => set('asOf', null)}>
            {t.tree.backToToday}
          </Button>
        </p>
      )}
      <div className="units-page">
        <section className="units-side" aria-label={t.tree.label}>
          <Input
            ref={searchBox}
            type="search"
            allowClear
            aria-label={t.tree.search}
            placeholder={t.tree.search}
            value={find}
            onChange={(event) => setFind(event.target.value)}
            onPressEnter={() => shown[0] && open(shown[0].id)}
            onKeyDown={(event) => event.key === 'Escape' && setFind('')}
          />
          {wanted.trim() !== '' && (
            <p className="units-found" role="status">
              {shown.length === 0 ? t.tree.none : t.tree.found(shown.length)}
            </p>
          )}
          {tree.isError && <ProblemView compact error={tree.error} onRetry={() => void tree.refetch()} />}
          {shown.length > 0 && <UnitTree units={shown} selected={selected} onSelect={open} />}
        </section>
        <section className="units-main">
          {tree.isPending ? null : selected === undefined ? (
            tree.isSuccess && <Empty title={t.tree.choose} />
          ) : selectedUnit && !selectedUnit.canOpen ? (
            <Empty title={selectedUnit.name} hint={t.tree.notYours} />
          ) : (
            <UnitPage key={selected} id={selected} asOf={asOf} />
          )}
        </section>
      </div>
    </>
  );
}
