import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/** Beside the title of the project list. */
export function ImportAction() {
  const t = useText(text);
  const navigate = useNavigate();
  return (
    <Button size="small" onClick={() => void navigate('/projects/import')}>
      {t.title}
    </Button>
  );
}
