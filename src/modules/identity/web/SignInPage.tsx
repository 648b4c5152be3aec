import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useRenewSession } from '#core/web/session.tsx';
import { paths, safeTarget } from '#core/web/shell/paths.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import type { Me } from '../shapes.ts';
import { Door } from './Door.tsx';
import { useDoor } from './queries.ts';
import * as text from './text.ts';

interface Entered {
  username: string;
  password: string;
  city?: string;
}

export function SignInPage() {
  const t = useText(text);
  const door = useDoor();
  const [params] = useSearchParams();
  const target = safeTarget(params.get('to'));
  const { data } = door;
  if (data?.setup) return <Navigate to={paths.setup} replace />;
  if (data?.account) return <Navigate to={target} replace />;
  return (
    <Door title={t.signIn.title} city={data?.cities.length === 1 ? data.city?.name : undefined} foot={t.signIn.forgot}>
      {door.isError && <ProblemView compact error={door.error} onRetry={() => void door.refetch()} />}
      <Steps door={data} target={target} />
    </Door>
  );
}

/** Name and password first; the code only where the account asks for it, with both kept in this page's memory. */
function Steps({ door, target }: { door: Me | undefined; target: string }) {
  const api = useClient(identity);
  const navigate = useNavigate();
  const renew = useRenewSession();
  const [entered, setEntered] = useState<Entered | null>(null);
  const signIn = useMutation({
    mutationFn: (values: Entered & { code?: string }) => api.signIn(values),
    onSuccess: async ({ next }, { username, password, city }) => {
      if (next === 'codeNeeded') return setEntered({ username, password, ...(city && { city }) });
      await renew();
      await navigate(target, { replace: true });
    },
  });
  const back = () => {
    signIn.reset();
    setEntered(null);
  };
  if (entered)
    return (
      <CodeStep
        isPending={signIn.isPending}
        error={signIn.error}
        onCode={(code) => signIn.mutate({ ...entered, code })}
        onBack={back}
      />
    );
  return (
    <PasswordStep
      door={door}
      isPending={signIn.isPending}
      error={signIn.error}
      onEnter={(values) => signIn.mutate(values)}
    />
  );
}

function PasswordStep({
  door,
  isPending,
  error,
  onEnter,
}: {
  door: Me | undefined;
  isPending: boolean;
  error: Error | null;
  onEnter: (values: Entered) => void;
}) {
  const t = useText(text).signIn;
  const cities = door?.cities ?? [];
  return (
    <>
      <Form<Entered>
        layout="vertical"
        requiredMark={false}
        onFinish={onEnter}
        size="large"
        scrollToFirstError={{ focus: true }}
      >
        {cities.length > 1 && (
          <Form.Item name="city" label={t.city} initialValue={cities[0]!.code}>
            <Select options={cities.map(({ code, name }) => ({ value: code, label: name }))} />
          </Form.Item>
        )}
        <Form.Item name="username" label={t.username} rules={[{ required: true, message: t.fillUsername }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus maxLength={128} />
        </Form.Item>
        <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.fillPassword }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {error && <ProblemView compact error={error} />}
        <Button type="primary" htmlType="submit" block loading={isPending}>
          {t.submit}
        </Button>
      </Form>
      {door?.oidc && <External name={door.oidc.name} />}
    </>
  );
}

function CodeStep({
  isPending,
  error,
  onCode,
  onBack,
}: {
  isPending: boolean;
  error: Error | null;
  onCode: (code: string) => void;
  onBack: () => void;
}) {
  const t = useText(text).signIn;
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} size="large" onFinish={({ code }) => onCode(code)}>
      <Form.Item name="code" label={t.code} extra={t.codeHelp} rules={[{ required: true, message: t.fillCode }]}>
        <Input autoComplete="one-time-code" inputMode="text" autoFocus maxLength={20} />
      </Form.Item>
      {error && <ProblemView compact error={error} />}
      <Button type="primary" htmlType="submit" block loading={isPending}>
        {t.confirm}
      </Button>
      <Button type="link" block onClick={onBack}>
        {t.back}
      </Button>
    </Form>
  );
}

function External({ name }: { name: string }) {
  const t = useText(text).signIn;
  const api = useClient(identity);
  const begin = useMutation({ mutationFn: () => api.beginExternal(), onSuccess: ({ url }) => location.assign(url) });
  return (
    <>
      <div className="door-or">{t.or}</div>
      {begin.isError && <ProblemView compact error={begin.error} />}
      <Button block size="large" loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>
        {t.external(name)}
      </Button>
    </>
  );
}
