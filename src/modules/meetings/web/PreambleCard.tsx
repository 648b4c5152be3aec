import { Button } from 'antd';
import { useText } from '#core/web/text.ts';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { MeetingView } from '../shapes.ts';
import * as text from './text.ts';
import { useAct } from './use-meeting.ts';

/** What stands above the items in the minutes. Folded: most meetings keep the usual sentence. */
export function PreambleCard({ meeting, canWrite }: { meeting: MeetingView; canWrite: boolean }) {
  const t = useText(text);
  const { run, isPending } = useAct();
  /** Null: nothing typed, what is kept stands there. */
  const draft = useDraft<string | null>(`meetings.preamble.${meeting.id}`, null);
  const value = draft.value ?? meeting.preamble;
  const save = () =>
    void run((api) => api.setPreamble({ id: meeting.id, version: meeting.version, text: value.trim() })).then(
      () => draft.clear(),
      () => {},
    );
  return (
    <details className="card mtg-preamble">
      <summary>
        {t.preamble} <small className="muted">{meeting.preamble ? t.preambleOwn : t.preambleUsual}</small>
      </summary>
      {canWrite ? (
        <form
          className="form-body"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextBox
            aria-label={t.preamble}
            value={value}
            maxLength={5000}
            placeholder={t.preambleHint}
            onChange={(event) => draft.set(event.target.value)}
          />
          <Button htmlType="submit" loading={isPending} disabled={value.trim() === meeting.preamble}>
            {t.savePreamble}
          </Button>
        </form>
      ) : (
        <p className="mtg-typed">{meeting.preamble || t.preambleHint}</p>
      )}
    </details>
  );
}
