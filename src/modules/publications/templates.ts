// Long because six whole bulletins stand in it, sentence by sentence: they are data that offices read side by side.
import { catalogue, is, money, percent, points, projectsUnit, where } from './catalogue.ts';
import type { Format, Query, Reference, Rows, Test } from './query.ts';
import type { BlockRule, SentenceRule, Template, TemplateCode } from './template.ts';

const queryOf = (code: string): Query => catalogue.find((one) => one.code === code)!.query;
const test = (code: string, op: '=' | '!=' | '<' | '<=' | '>' | '>=', value: number, decimals?: number): Test => ({
  query: queryOf(code),
  op,
  value,
  ...(decimals !== undefined && { decimals }),
});
const known = (code: string): Test => ({ query: queryOf(code), op: 'known' });
const equal = (a: Query, b: Query): Test => ({ query: a, op: '=', against: b });

const say = (code: string, text: string, rest: Partial<SentenceRule> = {}): SentenceRule => ({
  code,
  options: [{ text }],
  ...rest,
});
const choose = (code: string, ...options: [text: string, ...when: Test[]][]): SentenceRule => ({
  code,
  options: options.map(([text, ...when]) => ({ text, ...(when.length > 0 && { when }) })),
});
const heading = (code: string, text: string, level: 1 | 2 = 1, when?: Test[]): BlockRule => ({
  kind: 'heading',
  code,
  level,
  text,
  ...(when && { when }),
});
const paragraph = (code: string, sentences: SentenceRule[], when?: Test[]): BlockRule => ({
  kind: 'paragraph',
  code,
  sentences,
  ...(when && { when }),
});
const list = (code: string, sentences: SentenceRule[], when?: Test[]): BlockRule => ({
  kind: 'list',
  code,
  sentences,
  ...(when && { when }),
});
const table = (
  code: string,
  of: (BlockRule & { kind: 'table' })['table'],
  caption: string,
  group?: string,
): BlockRule => ({
  kind: 'table',
  code,
  table: of,
  caption,
  ...(group !== undefined && { group }),
});

const row: Rows = { list: 'row' };
const ref = (query: Query, format: Format): Reference => ({ query, format });
const rowSum = (field: string, format: Format): Reference => ref({ get: 'sum', rows: row, field }, format);
const rowValue = (field: string, format: Format = { as: 'text' }): Reference =>
  ref({ get: 'value', rows: row, field }, format);
const rowRate: Reference = ref({ get: 'rate', rows: row, part: 'doneYuan', whole: 'planYuan' }, percent);
const count = (rows: Rows): Query => ({ get: 'count', rows });
const some = (rows: Rows): Test => ({ query: count(rows), op: '>', value: 0 });
const none = (rows: Rows): Test => ({ query: count(rows), op: '=', value: 0 });

/** 超、低于、持平: chosen by what would be printed, so that no sentence says 超时序0.0个百分点. */
const againstClock: [string, ...Test[]][] = [
  ['，超时序进度{gap}', test('gap', '>', 0, 1)],
  ['，低于时序进度{gap}', test('gap', '<', 0, 1)],
  ['，与时序进度持平', known('gap')],
];
/** Neighbours within one block become one sentence in print: a rate and its clock belong together. */
const done: SentenceRule = {
  code: 'done',
  options: againstClock.map(([text, ...when]) => ({
    text: `{through}累计完成投资{done}，占年度计划的{rate}${text}。`,
    when,
  })),
};

const overview = say('overview', '', {
  options: [
    {
      text: '截至{day}，全市共安排重点项目{projects}（打捆项目按子项计{items}），总投资{total}，年度计划投资{plan}。',
      when: [{ query: queryOf('items'), op: '!=', against: queryOf('projects') }],
    },
    { text: '截至{day}，全市共安排重点项目{projects}，总投资{total}，年度计划投资{plan}。' },
  ],
});
const monthDone = say('month', '其中，{month}月当月完成投资{monthDone}。', {
  // In January the month is the year so far.
  when: [{ query: queryOf('monthDone'), op: '!=', against: queryOf('done') }],
});
const growth: SentenceRule = {
  code: 'growth',
  when: [known('growth')],
  options: [
    { text: '上年同期完成投资{lastYear}，同比增长{growth}。', when: [test('growth', '>', 0, 3)] },
    { text: '上年同期完成投资{lastYear}，同比下降{growth}。', when: [test('growth', '<', 0, 3)] },
    { text: '上年同期完成投资{lastYear}，同比持平。' },
  ],
};
const change: SentenceRule = {
  code: 'change',
  when: [known('change')],
  options: [
    { text: '投资完成率比上月提高{change}。', when: [test('change', '>', 0, 1)] },
    { text: '投资完成率比上月回落{change}，请有关单位核对填报数据。', when: [test('change', '<', 0, 1)] },
    { text: '投资完成率与上月持平。' },
  ],
};

/** Only lights that somebody has, and only when they make up all projects. */
const lights: SentenceRule = {
  code: 'lights',
  options: [
    {
      text: '从亮灯情况看，提前{ahead}、正常{normal}、预警{warn}、滞后{late}、未开工{idle}。',
    },
  ],
};

const boardWhole: Test[] = [
  equal({ get: 'sum', rows: { list: 'boards' }, field: 'projects' }, queryOf('projects')),
  equal({ get: 'sum', rows: { list: 'boards' }, field: 'planYuan' }, queryOf('plan')),
  equal({ get: 'sum', rows: { list: 'boards' }, field: 'doneYuan' }, queryOf('done')),
];
const byBoard: SentenceRule = {
  code: 'byBoard',
  when: boardWhole,
  each: where('boards', { field: 'planYuan', op: '>', value: 0 }),
  before: '分板块看，',
  join: '；',
  after: '。',
  options: [{ text: '{name}项目{n}，年度计划投资{p}，累计完成投资{d}，占年度计划的{r}' }],
  refs: {
    name: rowValue('name'),
    n: rowSum('projects', projectsUnit),
    p: rowSum('planYuan', money),
    d: rowSum('doneYuan', money),
    r: rowRate,
  },
};
const boardsDiffer = (field: string, whole: string, addsUp: boolean): Test => ({
  rows: { list: 'boards' },
  field,
  whole: queryOf(whole),
  format: money,
  addsUp,
});
const rounding: SentenceRule = {
  code: 'rounding',
  when: boardWhole,
  options: [
    { text: '（因四舍五入，合计与分项之和可能略有差异。）', when: [boardsDiffer('planYuan', 'plan', false)] },
    { text: '（因四舍五入，合计与分项之和可能略有差异。）', when: [boardsDiffer('doneYuan', 'done', false)] },
  ],
};

const starts: SentenceRule = {
  code: 'starts',
  when: [test('newPlanned', '>', 0)],
  options: [
    {
      // 已开工 = 应开工 − 应开未开 + 提前开工 holds only when every planned day is known (dispatch.md §5, line 5).
      text: '全年计划新开工项目{newPlanned}，已开工{newStarted}，开工率{startRate}；截至当期应开工{startDue}，应开未开{notStarted}，提前开工{startedEarly}。',
      when: [
        equal(queryOf('newStarted'), {
          get: 'count',
          rows: where(
            'projects',
            is('planKind', 'new'),
            { field: 'startPlanned', op: 'set' },
            { field: 'startActual', op: '<=', than: 'day' },
          ),
        }),
      ],
    },
    { text: '全年计划新开工项目{newPlanned}，已开工{newStarted}，开工率{startRate}。' },
  ],
};

const unitParagraphs = (code: 'counties' | 'commands', word: string): BlockRule[] => [
  paragraph(code, [
    choose(
      `${code}Clock`,
      [`{${code}Count}${word}投资完成率均达到时序进度。`, test(`${code}Behind`, '=', 0), test(`${code}Count`, '>', 0)],
      [`{${code}Count}${word}投资完成率均低于时序进度。`, test(`${code}Ahead`, '=', 0), test(`${code}Count`, '>', 0)],
      [
        `{${code}Count}${word}中，投资完成率达到时序进度的{${code}Ahead}，低于时序进度的{${code}Behind}。`,
        test(`${code}Count`, '>', 0),
      ],
    ),
    choose(
      `${code}Places`,
      [`投资完成率居前的是{${code}First}；居后的是{${code}Last}。`, test(`${code}Count`, '>=', 6)],
      [`投资完成率居前的是{${code}First}。`, test(`${code}Count`, '>=', 1)],
    ),
    say(`${code}Risen`, `与上月相比，位次上升的有{${code}Risen}。`, { when: [known(`${code}Risen`)] }),
    say(`${code}Fallen`, `位次下降的有{${code}Fallen}。`, { when: [known(`${code}Fallen`)] }),
  ]),
];

const problems: BlockRule[] = [
  list('problems', [
    choose(
      'late',
      ['部分项目进度滞后。全市滞后项目{late}、预警项目{warn}。滞后较多的项目有：{lateNames}。', test('late', '>', 0)],
      ['全市无滞后项目，预警项目{warn}，需紧盯节点、防止转为滞后。', test('warn', '>', 0)],
      ['全市无滞后、预警项目。'],
    ),
    choose(
      'notStarted',
      [
        '个别项目应开未开。截至当期应开未开项目{notStarted}，分别为：{notStartedNames}。',
        test('notStarted', '>', 0),
        test('notStarted', '<=', 8),
      ],
      ['部分项目应开未开。截至当期应开未开项目{notStarted}，包括：{notStartedNames}。', test('notStarted', '>', 8)],
      ['截至当期无应开未开项目。', test('newPlanned', '>', 0)],
    ),
    choose(
      'matters',
      ['问题台账在办{open}，其中逾期{overdue}；立行立改{onSpot}，交办重难点事项{assigned}。', test('overdue', '>', 0)],
      ['问题台账在办{open}，无逾期事项；立行立改{onSpot}，交办重难点事项{assigned}。'],
    ),
    choose(
      'filings',
      ['填报不够及时。应报项目{due}，缺报{missing}：{missingUnits}。', test('missing', '>', 0)],
      ['应报项目{due}均已按时填报或按规定免报。', test('due', '>', 0)],
    ),
  ]),
];

const next: BlockRule[] = [
  list('next', [
    choose(
      'nextClock',
      [
        '紧盯时序目标。完成率低于时序进度的{countiesBehind}县（市、区）要逐项目倒排工期，明确追赶措施和责任人，尽快补齐进度。',
        test('countiesBehind', '>', 0),
      ],
      ['巩固良好势头。各县（市、区）要保持当前进度，加快形成更多实物工作量。'],
    ),
    choose(
      'nextLate',
      [
        '集中攻坚滞后项目。对{late}滞后项目实行清单管理，由牵头单位会同属地逐项会商，限期转为正常。',
        test('late', '>', 0),
      ],
      ['防止进度反弹。对预警项目提前介入、靠前服务，确保不转为滞后。'],
    ),
    choose(
      'nextStart',
      ['加快应开未开项目开工。对{notStarted}应开未开项目逐个落实手续办理和要素保障责任。', test('notStarted', '>', 0)],
      ['抓紧做好后续开工项目的前期工作，确保按期开工。'],
    ),
    choose(
      'nextMatters',
      ['加快问题销号。对{overdue}逾期事项逐件督办，办结一件、销号一件。', test('overdue', '>', 0)],
      ['持续抓好问题销号，做到件件有着落。'],
    ),
  ]),
];

const boardLines = (code: string, colour: 'red' | 'black', word: string): SentenceRule => ({
  code,
  when: [some({ list: 'boardList', group: colour })],
  each: { list: 'boardList', group: colour },
  before: `列入${word}的有：`,
  join: '、',
  after: '。',
  options: [{ text: '{name}' }],
  refs: { name: rowValue('name') },
});
const boardsSection = (title: string): BlockRule[] => [
  heading('boards', title, 1, [some({ list: 'boardList' })]),
  paragraph(
    'boardLines',
    [
      boardLines('red', 'red', '红榜'),
      boardLines('black', 'black', '黑榜'),
      say('noBlack', '本期无单位列入黑榜。', { when: [none({ list: 'boardList', group: 'black' })] }),
    ],
    [some({ list: 'boardList' })],
  ),
];

const recipients = ['各县（市、区）人民政府', '各协调指挥部', '市直各有关单位'];
const copyTo = ['市委办公室', '市人大常委会办公室', '市政协办公室'];

const month: Template = {
  code: 'month',
  name: { zh: '月通报', en: 'Monthly bulletin' },
  title: '关于{year}年{through}全市重点项目\n建设推进情况的通报',
  recipients,
  blocks: [
    paragraph('lead', [say('lead', '现将{year}年{through}全市重点项目建设推进情况通报如下。')]),
    heading('total', '总体情况'),
    paragraph('total', [overview, done, monthDone, growth, change]),
    paragraph('boards', [byBoard, rounding], boardWhole),
    paragraph('starts', [starts, lights]),
    heading('counties', '县（市、区）推进情况'),
    ...unitParagraphs('counties', '县（市、区）'),
    table('counties', 'counties', '各县（市、区）重点项目投资完成情况'),
    heading('commands', '协调指挥部推进情况', 1, [test('commandsCount', '>', 0)]),
    ...unitParagraphs('commands', '协调指挥部'),
    heading('problems', '存在的问题'),
    ...problems,
    ...boardsSection('红黑榜'),
    heading('next', '下步要求'),
    ...next,
  ],
  annexes: ['commands', 'boardList', 'projects'],
  copyTo,
  annotation: '',
};

const quarter: Template = {
  code: 'quarter',
  name: { zh: '季通报', en: 'Quarterly bulletin' },
  title: '关于{year}年第{quarter}季度全市重点项目\n建设推进情况的通报',
  recipients,
  blocks: [
    paragraph('lead', [say('lead', '现将{year}年第{quarter}季度末（截至{day}）全市重点项目建设推进情况通报如下。')]),
    heading('total', '总体情况'),
    paragraph('total', [overview, done, growth]),
    paragraph('boards', [byBoard, rounding], boardWhole),
    table('boards', 'boards', '分板块投资完成情况'),
    paragraph('starts', [starts, lights]),
    heading('places', '位次情况'),
    paragraph(
      'external',
      [
        {
          code: 'external',
          each: { list: 'external' },
          join: '；',
          after: '。',
          options: [
            {
              text: '据{publisher}{on}发布，{subject}在{scope}{of}中居{rank}',
              when: [{ query: { get: 'value', rows: row, field: 'of' }, op: 'known' }],
            },
            { text: '据{publisher}{on}发布，{subject}居{scope}{rank}' },
          ],
          refs: {
            publisher: rowValue('publisher'),
            on: rowValue('publishedOn', { as: '日期' }),
            subject: rowValue('name'),
            scope: rowValue('scope'),
            of: rowValue('of', projectsUnit),
            rank: rowValue('rank', { as: '位' }),
          },
        },
      ],
      [some({ list: 'external' })],
    ),
    ...unitParagraphs('counties', '县（市、区）'),
    table('counties', 'counties', '各县（市、区）重点项目投资完成情况'),
    ...unitParagraphs('commands', '协调指挥部'),
    table('commands', 'commands', '各协调指挥部重点项目投资完成情况'),
    ...boardsSection('红黑榜'),
    heading('challenges', '揭榜挂帅', 1, [some({ list: 'challenges' })]),
    table('challenges', 'challenges', '揭榜挂帅进展'),
    heading('problems', '存在的问题'),
    ...problems,
    heading('next', '下步要求'),
    ...next,
  ],
  annexes: ['boardList', 'projects'],
  copyTo,
  annotation: '',
};

const boardItem = (code: string, colour: 'red' | 'black'): SentenceRule => ({
  code,
  each: { list: 'boardList', group: colour },
  options: [
    {
      text: '{name}：{board}，完成率{figure}，居{rank}，已连续{streak}上榜。{why}。',
      when: [
        { query: { get: 'value', rows: row, field: 'streak' }, op: '>', value: 1 },
        { query: { get: 'value', rows: row, field: 'figure' }, op: 'known' },
      ],
    },
    {
      text: '{name}：{board}，完成率{figure}，居{rank}。{why}。',
      when: [{ query: { get: 'value', rows: row, field: 'figure' }, op: 'known' }],
    },
    { text: '{name}：{board}，居{rank}。{why}。' },
  ],
  refs: {
    name: rowValue('name'),
    board: rowValue('board'),
    figure: rowValue('figure', percent),
    rank: rowValue('rank', { as: '位' }),
    streak: rowValue('streak', { as: '个月' }),
    why: rowValue('why'),
  },
});

const boards: Template = {
  code: 'boards',
  name: { zh: '红黑榜', en: 'Red and black boards' },
  title: '关于{year}年{month}月重点项目建设\n红黑榜的通报',
  recipients,
  blocks: [
    paragraph('lead', [
      say('lead', '根据重点项目红黑榜规则，经核定截至{day}的调度数据，现将{year}年{month}月红黑榜通报如下。'),
      done,
    ]),
    heading('red', '红榜', 1, [some({ list: 'boardList', group: 'red' })]),
    list('red', [boardItem('red', 'red')]),
    heading('black', '黑榜'),
    list('black', [
      boardItem('black', 'black'),
      say('noBlack', '本期无单位列入黑榜。', { when: [none({ list: 'boardList', group: 'black' })] }),
    ]),
    heading('spared', '不列入的情形', 1, [some({ list: 'spared' })]),
    list('spared', [
      {
        code: 'spared',
        each: { list: 'spared' },
        options: [{ text: '{name}：{why}。' }],
        refs: { name: rowValue('name'), why: rowValue('why') },
      },
    ]),
    heading('next', '有关要求'),
    paragraph('next', [
      choose(
        'next',
        [
          '列入黑榜的单位要认真查找原因，制定整改措施，按规定作出说明；连续列入黑榜的，按结果运用规定办理。',
          some({ list: 'boardList', group: 'black' }),
        ],
        ['各单位要对标先进，保持力度，推动全年目标任务全面完成。'],
      ),
    ]),
  ],
  annexes: ['boardList', 'counties', 'commands'],
  copyTo,
  annotation: '',
};

const supervision: Template = {
  code: 'supervision',
  name: { zh: '督查专报', en: 'Supervision report' },
  title: '重点项目督查专报\n（{year}年{month}月）',
  recipients: ['总指挥部领导'],
  blocks: [
    heading('total', '督查总体情况'),
    paragraph('total', [
      say(
        'matters',
        '截至{day}，问题台账收集事项{raised}，办结{closed}，在办{open}；其中立行立改{onSpot}，交办重难点事项{assigned}。',
      ),
      choose('overdue', ['在办事项中逾期{overdue}，需重点督办。', test('overdue', '>', 0)], ['在办事项均未逾期。']),
      done,
    ]),
    heading('overdue', '逾期事项', 1, [test('overdue', '>', 0)]),
    table('matters', 'matters', '逾期事项清单'),
    heading('late', '滞后项目'),
    paragraph('late', [
      choose(
        'late',
        ['全市滞后项目{late}，预警项目{warn}。', test('late', '>', 0)],
        ['全市无滞后项目，预警项目{warn}。'],
      ),
      say('turned', '本月新转为滞后的有：{turnedLate}。', { when: [known('turnedLate')] }),
    ]),
    table('late', 'late', '滞后项目清单'),
    heading('notStarted', '应开未开项目', 1, [test('notStarted', '>', 0)]),
    paragraph(
      'notStarted',
      [say('notStarted', '截至当期应开工项目{startDue}，应开未开{notStarted}。')],
      [test('notStarted', '>', 0)],
    ),
    table('notStarted', 'notStarted', '应开未开项目清单'),
    heading('next', '督查建议'),
    ...next,
  ],
  annexes: [],
  copyTo: [],
  annotation: '',
};

const halfRate: Query = { get: 'gap', rows: row, part: 'doneYuan', whole: 'planYuan', target: 50 };
const halfYear: Template = {
  code: 'halfYear',
  name: { zh: '双过半冲刺', en: 'Half of the year, half of the task' },
  title: '关于重点项目“双过半”\n推进情况的通报',
  recipients,
  blocks: [
    paragraph('lead', [say('lead', '按照“时间过半、任务过半”要求，现将截至{day}的推进情况通报如下。')]),
    heading('total', '总体进度'),
    paragraph('total', [
      overview,
      done,
      choose(
        'half',
        ['比“任务过半”目标高{halfGap}。', test('halfGap', '>', 0, 1)],
        ['比“任务过半”目标低{halfGap}，还需完成投资{halfLeft}。', test('halfGap', '<', 0, 1)],
        ['恰好达到“任务过半”目标。', known('halfGap')],
      ),
    ]),
    heading('counties', '县（市、区）进度'),
    list('counties', [
      {
        code: 'county',
        each: { ...where('counties', { field: 'rate', op: 'set' }), sort: { by: 'rank', direction: 'up' } },
        options: [
          {
            text: '{name}投资完成率为{r}，高于过半目标{half}。',
            when: [{ query: halfRate, op: '>', value: 0, decimals: 1 }],
          },
          {
            text: '{name}投资完成率为{r}，低于过半目标{half}，还需完成投资{left}。',
            when: [{ query: halfRate, op: '<', value: 0, decimals: 1 }],
          },
          { text: '{name}投资完成率为{r}，达到过半目标。' },
        ],
        refs: {
          name: rowValue('name'),
          r: rowRate,
          half: ref(halfRate, points),
          left: ref(
            { get: 'left', rows: row, part: 'doneYuan', whole: 'planYuan', percent: 50 },
            { ...money, abs: true },
          ),
        },
      },
    ]),
    heading('starts', '开工和亮灯'),
    paragraph('starts', [starts, lights]),
    heading('problems', '存在的问题'),
    ...problems,
    heading('next', '冲刺要求'),
    ...next,
  ],
  annexes: ['counties', 'late', 'notStarted'],
  copyTo,
  annotation: '',
};

const yearEnd: Template = {
  code: 'yearEnd',
  name: { zh: '年终考核', en: 'Yearly assessment' },
  title: '关于{year}年度全市重点项目建设\n考核情况的通报',
  recipients,
  blocks: [
    paragraph('lead', [say('lead', '根据年度考核办法，现将{year}年度（截至{day}）全市重点项目建设考核情况通报如下。')]),
    heading('total', '年度任务完成情况'),
    paragraph('total', [
      overview,
      done,
      choose(
        'yearGoal',
        ['已超额完成年度计划。', test('left', '<', 0)],
        ['距完成年度计划还差{left}。', test('left', '>', 0)],
        ['年度计划全面完成。', known('left')],
      ),
      growth,
    ]),
    paragraph('starts', [starts, say('finished', '全年已竣工项目{finished}。')]),
    heading('scores', '考核得分', 1, [some({ list: 'scores' })]),
    list(
      'scores',
      [
        {
          code: 'score',
          each: { ...where('scores', { field: 'rank', op: '<=', value: 3 }), sort: { by: 'rank', direction: 'up' } },
          options: [{ text: '{name}得{points}，居{rank}。' }],
          refs: {
            name: rowValue('name'),
            points: rowValue('total', { as: '分', decimals: 2 }),
            rank: rowValue('rank', { as: '位' }),
          },
        },
        {
          code: 'veto',
          each: where('scores', { field: 'veto', op: 'set' }),
          options: [{ text: '{name}因{veto}被一票否决。' }],
          refs: { name: rowValue('name'), veto: rowValue('veto') },
        },
      ],
      [some({ list: 'scores' })],
    ),
    table('scores', 'scores', '考核得分'),
    heading('counties', '县（市、区）完成情况'),
    ...unitParagraphs('counties', '县（市、区）'),
    ...boardsSection('红黑榜'),
    heading('challenges', '揭榜挂帅', 1, [some({ list: 'challenges' })]),
    table('challenges', 'challenges', '揭榜挂帅进展'),
    heading('next', '工作要求'),
    paragraph('next', [
      say('next', '各单位要认真总结经验、查找不足，提前谋划下一年度重点项目，为实现良好开局打牢基础。'),
    ]),
  ],
  annexes: ['counties', 'commands', 'projects'],
  copyTo,
  annotation: '',
};

/** What ships. A city’s own version of a template comes before it. */
export const shippedTemplates: readonly Template[] = [month, quarter, boards, supervision, halfYear, yearEnd];
export const shippedTemplate = (code: TemplateCode): Template => shippedTemplates.find((one) => one.code === code)!;
