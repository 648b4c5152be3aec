import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { Link, useNavigate } from 'react-router';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useRenewSession } from '#core/web/session.tsx';
import { paths } from '#core/web/shell/paths.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import { Username } from '../shapes.ts';
import { Door } from './Door.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';
import { useDoor } from './queries.ts';
import * as text from './text.ts';

interface Entered {
  setupCode: string;
  cityName: string;
  regionCode: string;
  hqName: string;
  personName: string;
  username: string;
  password: string;
  repeat: string;
}

export function SetupPage() {
  const t = useText(text);
  const door = useDoor();
  const isClosed = door.data?.setup === false;
  return (
    <Door title={t.setup.title} wide>
      {door.isError && <ProblemView compact error={door.error} onRetry={() => void door.refetch()} />}
      {isClosed ? (
        <p>
          {t.setup.closed} <Link to={paths.signIn}>{t.signIn.title}</Link>
        </p>
      ) : (
        <SetupForm />
      )}
    </Door>
  );
}

function SetupForm() {
  const t = useText(text).setup;
  const api = useClient(identity);
  const navigate = useNavigate();
  const renew = useRenewSession();
  const [form] = Form.useForm<Entered>();
  const cityName = Form.useWatch('cityName', form) ?? '';
  const setUp = useMutation({
    mutationFn: ({ repeat: _, ...values }: Entered) => api.setUp(values),
    onSuccess: async () => {
      await renew();
      await navigate('/setup/next', { replace: true });
    },
  });
  const field = setUp.error instanceof ProblemError ? setUp.error.field : undefined;
  useEffect(() => {
    if (!field || !setUp.error) return;
    form.setFields([{ name: field as keyof Entered, errors: [setUp.error.message] }]);
    form.scrollToField(field, { focus: true });
  }, [field, setUp.error, form]);
  const required = { required: true, whitespace: true, message: t.required };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(values) => setUp.mutate(values)}
      scrollToFirstError={{ focus: true }}
    >
      <p className="soft">{t.intro}</p>
      <Form.Item name="setupCode" label={t.setupCode} extra={t.setupCodeHelp} rules={[required]}>
        <Input autoComplete="off" autoFocus spellCheck={false} />
      </Form.Item>
      <h2>{t.city}</h2>
      <Form.Item name="cityName" label={t.cityName} rules={[required]}>
        <Input placeholder={t.cityNameExample} maxLength={40} />
      </Form.Item>
      <Form.Item
        name="regionCode"
        label={t.regionCode}
        extra={t.regionCodeHelp}
        rules={[required, { pattern: /^[1-9]\d{5}$/, message: t.badCode }]}
      >
        <Input inputMode="numeric" maxLength={6} />
      </Form.Item>
      <Form.Item name="hqName" label={t.hqName} rules={[required]}>
        <Input placeholder={t.hqNameExample(cityName)} maxLength={100} />
      </Form.Item>
      <h2>{t.admin}</h2>
      <Form.Item name="personName" label={t.personName} rules={[required]}>
        <Input autoComplete="name" maxLength={50} />
      </Form.Item>
      <Form.Item
        name="username"
        label={t.username}
        rules={[
          required,
          {
            validator: async (_, value: string) => {
              if (value && !Username.safeParse(value).success) throw new Error(t.badUsername);
            },
          },
        ]}
      >
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
      </Form.Item>
      <NewPasswordFields
        name="password"
        label={t.password}
        repeat={t.repeat}
        names={(value) => [value('username') ?? '', value('personName') ?? '']}
      />
      {setUp.error && !field && <ProblemView compact error={setUp.error} />}
      <Button type="primary" htmlType="submit" size="large" block loading={setUp.isPending}>
        {t.submit}
      </Button>
    </Form>
  );
}
