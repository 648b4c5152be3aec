import { Button } from 'antd';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';

/** One file of a form, by its name once it is there. */
export function OneFile({
  label,
  remove,
  file,
  onChange,
}: {
  label: string;
  remove: string;
  file: { id: string; name: string } | null;
  onChange: (file: { id: string; name: string } | null) => void;
}) {
  return (
    <div className="field">
      <span className="mt-label">{label}</span>
      {file ? (
        <span className="mt-file">
          {file.name}
          <Button size="small" type="text" onClick={() => onChange(null)}>
            {remove}
          </Button>
        </span>
      ) : (
        <FileDrop onFile={({ id, name }) => onChange({ id, name })} />
      )}
    </div>
  );
}
