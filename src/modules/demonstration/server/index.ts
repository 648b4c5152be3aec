import { insertCity, listCities } from '#core/server/cities.ts';
import { conflict, Problem } from '#core/server/errors.ts';
import { defineServerModule } from '#core/server/http.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { JobRun, StartContext } from '#core/server/module.ts';
import { asSystem } from '#core/server/system.ts';
import { demoAccounts, demoPassword } from '../accounts.ts';
import { demonstration, type Step } from '../contract.ts';
import { hqName, loadCity } from './load.ts';
import { getLoading, setLoading } from './store.ts';

export default defineServerModule(demonstration, {
  handlers: {
    status: getLoading,
    load: async (scope) => {
      const { isPossible } = await getLoading(scope);
      if (!isPossible)
        throw conflict('city_not_empty', {
          zh: '台账里已有项目，示例城市只能装入空的台账',
          en: 'The register holds projects already: the demonstration goes only into an empty one',
        });
      await setLoading(scope, { state: 'waiting', step: null, problem: null });
      await enqueue(scope, 'demonstration.loadCity', {}, { tries: 1 });
      return getLoading(scope);
    },
  },
  jobs: {
    loadCity: async (run) => {
      try {
        await loadCity(run, () => {});
      } catch (error) {
        const problem = error instanceof Problem ? error.words.zh : '装入失败，原因见服务器日志';
        run.log.error({ error }, 'the demonstration was not loaded');
        await run.transaction((scope) => setLoading(scope, { state: 'failed', step: null, problem }));
      }
    },
  },
  async start(context) {
    if (context.config.demo) await startDemonstration(context);
  },
});

const said: Partial<Record<Step, (count: number) => string>> = {
  organization: () => '  组织与账号 · units and accounts',
  ledger: (count) => `  台账 ${count} 行 · ledger, ${count} rows`,
  history: (count) => `  填报 ${count} 份 · ${count} filings`,
};

/** `npm run demo`: makes the demonstration city once, then tells on every start who may sign in. */
async function startDemonstration({ db, host, log }: StartContext): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const [known] = await listCities(db);
  if (!known) {
    say('正在装入示例城市…… · Loading the demonstration city…');
    const { id } = await insertCity(db, { code: '430600', name: '岳阳市', hqName, demo: true });
    const run: JobRun = {
      cityId: id,
      host,
      log,
      signal: new AbortController().signal,
      transaction: (work) => asSystem(host, id, 'demonstration.load', work),
    };
    await loadCity(run, (step, count = 0) => said[step] && say(said[step](count)));
  }
  say(`\n演示账号，密码都是 ${demoPassword} · accounts, all with this password`);
  for (const { username, what } of demoAccounts) say(`  ${username.padEnd(10)} ${what.zh} · ${what.en}`);
}
