import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { endOfMonth } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { month as monthWords } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties, type Month } from '../contract.ts';
import { shippedPatterns } from '../shifts.ts';
import * as text from './text.ts';

/** Fills a period by rotation from the people chosen; the answer is a draft to look over. */
export function GenerateForm({
  data,
  month,
  onClose,
  onMade,
}: {
  data: Month;
  month: string;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const able = (post: 'leader' | 'officer' | 'deputy') =>
    data.members.filter((member) => member.isActive && member.posts.includes(post));
  const [title, setTitle] = useState(t.titleOf(monthWords(month)));
  const [fromOn, setFromOn] = useState(`${month}-01`);
  const [toOn, setToOn] = useState(endOfMonth(`${month}-01`));
  const [handover, setHandover] = useState('08:30');
  const [pattern, setPattern] = useState<keyof typeof shippedPatterns>('whole');
  const [lists, setLists] = useState(() => ({
    leader: able('leader').map(({ id }) => id),
    officer: able('officer').map(({ id }) => id),
    deputy: [] as string[],
  }));
  const make = useMutation({
    mutationFn: () =>
      api.generate({
        unitId: data.unit!.id,
        title,
        fromOn,
        toOn,
        pattern: { ...shippedPatterns[pattern], handover },
        leaders: lists.leader,
        officers: lists.officer,
        deputies: lists.deputy,
      }),
    onSuccess: async (roster) => {
      onMade(roster.id);
      onClose();
      await cache.invalidateQueries({ queryKey: ['duties'] });
    },
  });
  const isWhole = title.trim() && fromOn && toOn && handover && lists.leader.length > 0 && lists.officer.length > 0;
  const people = (post: 'leader' | 'officer' | 'deputy', label: string) => (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          value={lists[post]}
          optionFilterProp="label"
          options={able(post).map((member) => ({ value: member.id, label: member.name }))}
          onChange={(ids) => setLists({ ...lists, [post]: ids })}
        />
      )}
    </Field>
  );
  return (
    <Drawer
      open
      title={t.generateTitle}
      size="30rem"
      onClose={onClose}
      extra={
        <Button type="primary" disabled={!isWhole} loading={make.isPending} onClick={() => make.mutate()}>
          {t.make}
        </Button>
      }
    >
      <div className="duties-form">
        <p className="muted">{t.generateNote}</p>
        <Field label={t.fTitle}>
          {(id) => <Input id={id} maxLength={80} value={title} onChange={(e) => setTitle(e.target.value)} />}
        </Field>
        <div className="duties-pair">
          <Field label={t.fFrom}>
            {(id) => <Input id={id} type="date" value={fromOn} onChange={(e) => setFromOn(e.target.value)} />}
          </Field>
          <Field label={t.fTo}>
            {(id) => <Input id={id} type="date" value={toOn} onChange={(e) => setToOn(e.target.value)} />}
          </Field>
        </div>
        <div className="duties-pair">
          <Field label={t.fHandover}>
            {(id) => <Input id={id} type="time" value={handover} onChange={(e) => setHandover(e.target.value)} />}
          </Field>
          <Field label={t.fPattern}>
            {(id) => (
              <Select
                id={id}
                value={pattern}
                options={(['whole', 'split'] as const).map((value) => ({ value, label: t.patterns[value] }))}
                onChange={setPattern}
              />
            )}
          </Field>
        </div>
        {people('leader', t.fLeaders)}
        {people('officer', t.fOfficers)}
        {people('deputy', t.fDeputies)}
        {make.error && <ProblemView error={make.error} compact />}
      </div>
    </Drawer>
  );
}
