import { Form, Input, InputNumber } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { organization } from '../contract.ts';
import { readRegionLines } from '../region.ts';
import { FormDrawer } from './FormDrawer.tsx';
import { useCommand } from './queries.ts';
import * as regionText from './region-text.ts';
import * as text from './text.ts';

interface Values {
  lines: string;
  editionYear: number;
  source: string;
  reason: string;
}

/** A list copied from a sheet: what is read of it and what is not shows while it stands there; nothing is kept until saved. */
export function RegionPaste({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const r = useText(regionText);
  const { city, today } = useSession();
  const api = useClient(organization);
  const [form] = Form.useForm<Values>();
  const lines = Form.useWatch('lines', form) ?? '';
  const editionYear = Form.useWatch('editionYear', form) ?? Number(today.slice(0, 4));
  const { regions, problems } = readRegionLines(lines, city.code, editionYear);
  const save = useCommand(
    ({ source, reason }: Values) =>
      api.saveRegions({
        regions: regions.map(({ aliases: _, shortName, ...region }) => ({
          ...region,
          ...(shortName && { shortName }),
          source: source || null,
        })),
        reason,
      }),
    ({ added, changed, unchanged }) => r.done(added, changed, unchanged),
  );
  /** All or nothing: a list with a line that cannot be read is put right first. */
  const readable = (_: unknown, value: string) => {
    const read = readRegionLines(value ?? '', city.code, editionYear);
    return read.regions.length > 0 && read.problems.length === 0
      ? Promise.resolve()
      : Promise.reject(new Error(r.notReadable));
  };
  const required = (what: string) => [{ required: true, message: t.form.required(what) }];
  return (
    <FormDrawer
      title={r.paste}
      help={r.pasteHelp}
      form={form}
      initial={{ lines: '', editionYear: Number(today.slice(0, 4)) }}
      command={save}
      onClose={onClose}
      draftKey="regions.paste"
    >
      <Form.Item name="lines" label={r.pasteLabel} rules={[{ validator: readable }]}>
        <TextBox autoFocus minRows={8} maxRows={18} spellCheck={false} />
      </Form.Item>
      <div role="status">
        {regions.length > 0 && <p className="good">{r.pasted(regions.length)}</p>}
        {problems.map((problem) => (
          <p key={problem.line} className="late">
            {r.problemLine(problem.line, problem.text, r.problem[problem.problem])}
          </p>
        ))}
      </div>
      <div className="form-two">
        <Form.Item name="editionYear" label={r.edition} rules={required(r.edition)}>
          <InputNumber min={1980} max={2100} precision={0} />
        </Form.Item>
        <Form.Item name="source" label={r.source}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t.form.reason} rules={required(t.form.reason)}>
        <Input maxLength={300} placeholder={t.form.reasonPlaceholder} />
      </Form.Item>
    </FormDrawer>
  );
}
