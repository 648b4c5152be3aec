import { Modal } from 'antd';
import { type Shortcut, useShortcuts } from '../shortcuts.ts';
import { useText } from '../text.ts';
import * as text from './text.ts';

export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useText(text);
  const live = useShortcuts();
  const isGlobal = (entry: Shortcut) => entry.key === '/' || entry.key === '?';
  const table: Shortcut[] = [
    { key: '↑ ↓', label: t.keys.move },
    { key: 'PgUp PgDn', label: t.keys.pageMove },
    { key: 'Home End', label: t.keys.ends },
    { key: 'Enter', label: t.keys.open },
    { key: 'Space', label: t.keys.select },
    { key: 'Esc', label: t.keys.cancel },
  ];
  const groups: [string, readonly Shortcut[]][] = [
    [t.keys.page, live.filter((entry) => !isGlobal(entry))],
    [t.keys.global, live.filter(isGlobal)],
    [t.keys.table, table],
  ];
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t.keys.title} width={420}>
      {groups.map(
        ([title, entries]) =>
          entries.length > 0 && (
            <section key={title}>
              <h3 className="muted small">{title}</h3>
              <dl className="kv keys">
                {entries.map((entry) => (
                  <div key={entry.key}>
                    <dt>
                      <kbd>{entry.key}</kbd>
                    </dt>
                    <dd>{entry.label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ),
      )}
    </Modal>
  );
}
