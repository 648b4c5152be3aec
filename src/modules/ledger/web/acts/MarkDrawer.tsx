import { Radio } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ledger } from '../../contract.ts';
import type { MatterNode, MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import * as matterText from '../matter-text.ts';
import { useAct } from '../use-matter.ts';

const marks = ['excellent', 'good', 'passable', 'failed'] as const;

/** How good a report was; one that failed is to be given again, and the stage stays open. */
export function MarkDrawer({ matter, node, onClose }: { matter: MatterView; node: MatterNode; onClose: () => void }) {
  const t = useText(text).mark;
  const n = useText(matterText).nodes;
  const call = useClient(ledger);
  const [mark, setMark] = useState<(typeof marks)[number] | null>(node.mark);
  const save = useAct(
    matter.id,
    () => call.mark({ id: matter.id, node: node.code, mark: mark ?? 'good' }),
    () => 'mark',
    onClose,
  );
  return (
    <FormDrawer
      title={n.markOf(node.title)}
      error={save.error}
      fields={[]}
      isPending={save.isPending}
      isReady={mark !== null}
      saveWords={t.save}
      onSave={() => save.mutate(undefined)}
      onClose={onClose}
      above={<p className="soft">{node.report}</p>}
    >
      <FormField label={t.title}>
        {(id) => (
          <Radio.Group
            id={id}
            optionType="button"
            buttonStyle="solid"
            value={mark}
            onChange={(event) => setMark(event.target.value as (typeof marks)[number])}
            options={marks.map((one) => ({ value: one, label: n.marks[one] }))}
          />
        )}
      </FormField>
    </FormDrawer>
  );
}
