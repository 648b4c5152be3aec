import { Drawer } from 'antd';
import { useEffect, useRef } from 'react';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import type { SchemeBody } from '../scheme.ts';
import type { ResultUnit } from '../shapes.ts';
import { nameOf, ruleOf, showPoints } from './show.ts';
import * as text from './text.ts';

/** 计算依据 of one unit, item by item: the rule, the arithmetic with its numbers, and what the unit gave itself. */
export function UnitDrawer({
  unit,
  body,
  item: chosen,
  onClose,
}: {
  unit: ResultUnit;
  body: SchemeBody;
  item: string | undefined;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (chosen) mark.current?.scrollIntoView?.({ block: 'center' });
  }, [chosen]);
  return (
    <Drawer
      open
      size={640}
      title={`${unit.name} · ${t.basis}`}
      onClose={onClose}
      styles={{ mask: drawerMask }}
      extra={<b className="num">{t.points(showPoints(unit.total, body.decimals))}</b>}
    >
      {unit.veto && (
        <p className="scores-veto">
          {t.veto}：{words(unit.veto)}（{t.unranked}）
        </p>
      )}
      {unit.items.map((one) => {
        const item = body.items.find((i) => i.code === one.code);
        if (!item) return null;
        const isChosen = one.code === chosen;
        return (
          <article
            key={one.code}
            ref={isChosen ? mark : null}
            className={isChosen ? 'scores-basis on' : 'scores-basis'}
          >
            <h3>
              {nameOf(item.name, language)}
              <small>
                {item.side === 'score' ? `${t.weight} ${item.weight}` : t.sides[item.side]}
                {item.part && ` · ${item.part}`}
              </small>
              <b className="num">{showPoints(one.points, body.decimals)}</b>
            </h3>
            <p>{one.basis ? nameOf(one.basis, language) : t.hiddenBasis}</p>
            {one.selfPoints && (
              <p className="soft">
                {t.selfPoints} {showPoints(one.selfPoints, body.decimals)}
              </p>
            )}
            <p className="muted">
              {t.rule}：{words(ruleOf(item))}
            </p>
          </article>
        );
      })}
    </Drawer>
  );
}
