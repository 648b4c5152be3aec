import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { projects } from '../../contract.ts';
import type { Import } from '../../import-contract.ts';
import * as text from './text.ts';

export function CancelButton({ found, setFound }: { found: Import; setFound: (found: Import) => void }) {
  const t = useText(text);
  const api = useClient(projects);
  const confirm = useConfirm();
  const { message } = App.useApp();
  const cancel = useMutation({
    mutationFn: () => api.cancelImport({ id: found.id }),
    onSuccess: setFound,
    onError: (error) => void message.error(sentenceOf(error)),
  });
  if (!found.allowed.includes('cancel')) return null;
  const ask = async () => {
    const isSure = await confirm({ title: t.cancelTitle, body: t.cancelBody, ok: t.cancel, danger: true });
    if (isSure) cancel.mutate();
  };
  return (
    <Button size="small" loading={cancel.isPending} onClick={() => void ask()}>
      {t.cancel}
    </Button>
  );
}
