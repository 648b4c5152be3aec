import { Popover, Select } from 'antd';
import { useText, useWords } from '#core/web/text.ts';
import type { Import } from '../../import-contract.ts';
import * as text from './text.ts';

/** What the importer understood of the sheet, in one line of facts; whatever it skipped can be opened and read. */
export function StructureStrip({ found, onSheet }: { found: Import; onSheet: (sheet: number) => void }) {
  const t = useText(text);
  const words = useWords();
  const { structure } = found;
  if (!structure) return null;
  const [from, to] = structure.headerRows;
  const wrong = structure.skipped.filter((row) => row.remark !== null).length;
  return (
    <dl className="import-facts" aria-label={t.structure}>
      {found.sheets.length > 1 && (
        <div>
          <dt>{t.sheet}</dt>
          <dd>
            <SheetSelect found={found} onSheet={onSheet} />
          </dd>
        </div>
      )}
      <div className="wide">
        <dt>{t.headTitle}</dt>
        <dd title={structure.title ?? undefined}>{structure.title ?? '—'}</dd>
      </div>
      <Fact term={t.year} value={structure.year ?? t.noYear} />
      <Fact term={t.headRows} value={t.headRowsAt(from, to)} />
      <Fact
        term={t.unitLine}
        value={structure.unitLine ? `${structure.unitLine.unit} · ${t.rowAt(structure.unitLine.row)}` : t.noUnitLine}
        {...(structure.unitLine && { title: structure.unitLine.text })}
      />
      <Fact term={t.count} value={t.counts(structure.projects, structure.items)} />
      {structure.template !== null && <Fact term={t.template} value={structure.template} />}
      {structure.packages > 0 && <Fact term={t.packages} value={t.packagesOf(structure.packages)} />}
      {structure.skipped.length > 0 && (
        <div>
          <dt>{t.skipped}</dt>
          <dd>
            <Popover
              trigger={['click']}
              placement="bottomLeft"
              content={
                <table className="plain import-skipped">
                  <tbody>
                    {structure.skipped.map(({ row, kind, text: said, remark }) => (
                      <tr key={row}>
                        <td className="num nowrap">{t.rowAt(row)}</td>
                        <td className="nowrap">{t.kinds[kind]}</td>
                        <td>
                          {said}
                          {remark && <strong className="warn"> {words(remark)}</strong>}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              }
            >
              <button type="button" className="link">
                {t.skippedOf(structure.skipped.length)}
                {wrong > 0 && <strong className="warn"> {t.wrongTotals(wrong)}</strong>}
              </button>
            </Popover>
          </dd>
        </div>
      )}
    </dl>
  );
}

export function SheetSelect({ found, onSheet }: { found: Import; onSheet: (sheet: number) => void }) {
  const t = useText(text);
  return (
    <Select
      size="small"
      aria-label={t.sheet}
      value={found.sheet}
      popupMatchSelectWidth={false}
      options={found.sheets.map(({ index, name, hidden, rows }) => ({
        value: index,
        label: `${name}${hidden ? t.hiddenSheet : ''} · ${t.sheetRows(rows)}`,
      }))}
      onChange={(sheet) => sheet !== null && onSheet(sheet)}
    />
  );
}

const Fact = ({ term, value, title }: { term: string; value: string | number; title?: string }) => (
  <div>
    <dt>{term}</dt>
    <dd title={title}>{value}</dd>
  </div>
);
