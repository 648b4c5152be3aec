// Long because each of these bulletins is written out: the language is what is tested.

/** Invented bulletins of 示例市 whose figures are all right, in the ways in which such texts are written. Deterministic by seed. */
export interface Sample {
  name: string;
  text: string;
}

interface Draw {
  int: (from: number, to: number) => number;
  /** Tenths or hundredths, never with a zero at the end. */
  amount: (from: number, to: number, decimals: number) => number;
}

function drawOf(seed: number): Draw {
  let state = seed * 2_654_435_761 + 1;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    amount: (from, to, decimals) => {
      const unit = 10 ** decimals;
      const n = int(from * unit, to * unit);
      return (n % 10 === 0 ? n + 1 : n) / unit;
    },
  };
}

const sum = (values: readonly number[], decimals = 2): number =>
  Math.round(values.reduce((a, b) => a + b, 0) * 10 ** decimals) / 10 ** decimals;
/** Half away from zero, as the bulletins round. */
const rate = (part: number, whole: number, decimals = 1): string => round((part / whole) * 100, decimals);
const round = (value: number, decimals: number): string => {
  const unit = 10 ** decimals;
  return ((Math.sign(value) * Math.floor(Math.abs(value) * unit + 0.5 + 1e-9)) / unit).toFixed(decimals);
};
const gap = (part: number, whole: number, month: number, decimals = 1): { words: string; points: string } => {
  const value = (part / whole) * 100 - (month / 12) * 100;
  return { words: value >= 0 ? '超' : '低于', points: round(Math.abs(value), decimals) };
};

type Maker = (draw: Draw) => string;

const makers: Record<string, Maker> = {
  whole({ int, amount }) {
    const [n, plan] = [int(200, 600), amount(500, 900, 1)];
    const done = amount(300, 480, 1);
    const [planned, begun, month] = [int(150, 260), int(60, 140), int(6, 11)];
    const g = gap(done, plan, month);
    return `示例市重点项目进展情况
今年安排全市重点建设项目${n}项（打包项目拆分后共${n + 25}项），项目总投资5141亿元，年度投资计划${plan}亿元。1-${month}月项目累计完成投资${done}亿元，占年度投资计划的${rate(done, plan)}%，${g.words}时间进度${g.points}个百分点。本年度计划开工项目${planned}项，目前实际已开工${begun}项，完成年度计划开工的${rate(begun, planned)}%。`;
  },

  classes({ int, amount }) {
    const counts = [int(120, 200), int(60, 90), int(40, 60), int(10, 20)];
    const done = [amount(200, 300, 1), amount(80, 120, 1), amount(50, 80, 1), amount(8, 15, 1)];
    const plan = amount(600, 700, 1);
    const all = sum(counts);
    const total = sum(done, 1);
    const old = int(Math.floor(all / 3), Math.floor(all / 2));
    const oldDone = amount(100, Math.floor(total / 2), 1);
    const names = ['产业发展', '基础设施', '社会民生', '生态环保'];
    return `2021年1-9月份重点建设项目简讯
1-9月份，全市${all}个重点建设项目年度计划投资${plan}亿元，累计完成投资${total}亿元，为年投资计划的${rate(total, plan)}%。
■按项目类别统计：${names.map((name, i) => `${name}项目${counts[i]}个，完成投资${done[i]}亿元`).join('；')}。
■按建设阶段统计：续建类项目${old}个，完成投资${oldDone}亿元；新开类项目${all - old}个，完成投资${sum([total, -oldDone], 1)}亿元。`;
  },

  table({ int, amount }) {
    const rows = ['东示例县', '西示例县', '南示例县', '北示例区', '示例高新区', '市直'].map((name) => {
      const plan = amount(30, 90, 1);
      return { name, count: int(15, 60), plan, done: sum([plan * (int(55, 90) / 100)], 1) };
    });
    const [n, plan, done] = [
      sum(rows.map((r) => r.count)),
      sum(
        rows.map((r) => r.plan),
        1,
      ),
      sum(
        rows.map((r) => r.done),
        1,
      ),
    ];
    return `示例市1-8月重点项目投资完成情况
1-8月，全市${n}个市重点项目完成投资${done}亿元，为年度投资计划的${rate(done, plan)}%。
投资完成情况表
单位：个、亿元
县 市 区 | 项目个数 | 年度投资计划 | 完成投资 | 投资完成率 |
${rows.map((r) => `${r.name} | ${r.count} | ${r.plan.toFixed(1)} | ${r.done.toFixed(1)} | ${rate(r.done, r.plan)}% |`).join('\n')}
`;
  },

  middleTotals({ int, amount }) {
    const block = (names: string[]) =>
      names.map((name) => {
        const plan = amount(20, 80, 2);
        return { name, count: int(8, 40), plan, done: sum([plan * (int(50, 95) / 100)]) };
      });
    const [counties, city] = [block(['甲县', '乙县', '丙区', '丁区']), block(['市城投集团', '市交投集团', '市水利局'])];
    const line = (r: { name: string; count: number; plan: number; done: number }) =>
      `${r.name} | ${r.count} | ${r.plan.toFixed(2)} | ${r.done.toFixed(2)} | ${rate(r.done, r.plan, 2)} |`;
    const total = (name: string, list: typeof counties) => ({
      name,
      count: sum(list.map((r) => r.count)),
      plan: sum(list.map((r) => r.plan)),
      done: sum(list.map((r) => r.done)),
    });
    return `附件：示例市重点项目投资进度表（截至9月底）
单位：亿元
单位 | 项目数（个） | 年计划投资 | 累计完成投资 | 完成率（%） |
${line(total('合 计', [...counties, ...city]))}
${line(total('县市区小计', counties))}
${counties.map(line).join('\n')}
${line({ ...counties[0]!, name: '其中：甲县经开区', count: 3, plan: 5.55, done: 4.44 })}
${line(total('市直小计', city))}
${city.map(line).join('\n')}
注：投资以填报为准。`.replace(/\n其中[^\n]*5\.55[^\n]*/, (row) => row);
  },

  ranked({ int, amount }) {
    const rows = ['甲县', '乙县', '丙县', '丁区', '戊区', '己县'].map((name) => {
      const plan = amount(30, 90, 1);
      return { name, plan, done: sum([plan * (int(500, 950) / 1000)], 1) };
    });
    const percent = rows.map((r) => Number(rate(r.done, r.plan)));
    const place = (i: number) => percent.filter((p) => p > percent[i]!).length + 1;
    return `各县区完成情况通报（1-9月）
单位：亿元
县区 | 投资 | 投资 | 完成率 | 比时序进度（±百分点） | 排名 |
 | 年度计划 | 累计完成 | （%） | | |
${rows.map((r, i) => `${r.name} | ${r.plan.toFixed(1)} | ${r.done.toFixed(1)} | ${percent[i]!.toFixed(1)} | ${(percent[i]! - 75).toFixed(1)} | ${place(i)} |`).join('\n')}
合计 | ${sum(
      rows.map((r) => r.plan),
      1,
    ).toFixed(1)} | ${sum(
      rows.map((r) => r.done),
      1,
    ).toFixed(1)} | ${rate(
      sum(
        rows.map((r) => r.done),
        1,
      ),
      sum(
        rows.map((r) => r.plan),
        1,
      ),
    )} | | |`;
  },

  nested({ int, amount }) {
    const kinds = ['工业', '服务业', '城市建设', '社会事业'].map((name) => {
      const fresh = int(4, 12);
      return {
        name,
        count: int(20, 40),
        plan: amount(60, 300, 2),
        done: amount(50, 280, 2),
        fresh,
        begun: int(2, fresh),
      };
    });
    const all = (key: 'count' | 'plan' | 'done' | 'fresh' | 'begun') => sum(kinds.map((k) => k[key]));
    const g = gap(all('done'), all('plan'), 10);
    return `前10月我市${all('count')}个重点推进项目完成投资${all('done')}亿元
日前，记者从市发改委获悉，我市${all('count')}个重点推进项目总投资4223.87亿元，年度计划投资${all('plan')}亿元。前10月，累计完成投资${all('done')}亿元，${g.words}时序进度${g.points}个百分点；其中${all('fresh')}个计划新开工项目已开工${all('begun')}个，开工率${rate(all('begun'), all('fresh'))}%。
我市${all('count')}个重点推进项目中，按照行业划分，${kinds.map((k) => `${k.name}项目${k.count}个，年度计划投资${k.plan}亿元，前10月累计完成投资${k.done}亿元，其中${k.fresh}个计划新开工项目已开工${k.begun}个，开工率${rate(k.begun, k.fresh)}%`).join('；')}。`;
  },

  stages({ int, amount }) {
    const [old, fresh, ending, early] = [int(100, 150), int(80, 130), int(30, 60), int(90, 160)];
    const begun = int(50, 79);
    const done = [amount(300, 480, 2), amount(90, 140, 2), amount(20, 60, 2)];
    const total = sum(done);
    const plan = amount(900, 980, 1);
    return `一、市级重点项目进展情况
2018年，全市安排重点项目${old + fresh + ending + early}个，总投资7206.7亿元，年度计划投资${plan}亿元。1-8月共完成投资${total}亿元，占年度投资计划的${rate(total, plan, 2)}%。其中${old}个续建项目完成投资${done[0]}亿元；${fresh}个新建项目已开工${begun}个，开工率为${rate(begun, fresh)}%，完成投资${done[1]}亿元；${ending}个收尾项目完成投资${done[2]}亿元；${early}个前期项目有序推进。
二、省级重点项目进展情况
今年我市列入省级重点项目共17个，年度计划投资258.08亿元。1-8月完成投资277.58亿元，占年计划的${rate(277.58, 258.08, 2)}%。`;
  },

  due({ int, amount }) {
    const [begun, open, early, all] = [int(100, 170), int(8, 30), int(5, 20), int(230, 280)];
    const [plan, done] = [amount(700, 906, 2), amount(500, 690, 2)];
    const g = gap(done, plan, 8);
    return `2019年我市重点项目共${all + 200}个，计划完成投资${plan}亿元，1—8月份累计完成投资${done}亿元，占年计划的${rate(done, plan, 2)}%，${g.words}年度时序进度${g.points}个百分点。
新开工项目${all}个，1—8月份累计完成投资280.57亿元，占年计划的68.42%。
截止8月底合计应开工项目${begun + open}个，累计有${begun}个项目已开工建设；有${open}个项目应开未开；有${early}个项目已提前开工。
新开工项目开工率为${rate(begun + early, all, 2)}%。`;
  },

  growth({ amount, int }) {
    const [plan, last, more] = [amount(900, 1200, 2), amount(150, 220, 2), amount(20, 160, 2)];
    const now = sum([last, more]);
    const [fresh, begun] = [int(200, 280), int(80, 160)];
    return `2021年安排全市重点建设项目710项，项目总投资6960.5亿元，年度投资计划${plan}亿元。全市重点建设项目1-3月累计完成投资${now}亿元，较去年同期增长${more}亿元，同比增长${rate(more, last, 2)}%，为年度投资计划的${rate(now, plan, 2)}%。本年度计划新开工项目${fresh}项，实际已开工${begun}项，开工率达${rate(begun, fresh)}%。`;
  },

  cities({ int, amount }) {
    const rows = ['甲市', '乙市', '丙市'].map((name) => ({
      name,
      count: int(12, 40),
      plan: amount(50, 250, 1),
      done: amount(30, 180, 1),
    }));
    return `1-6月，${rows.map((r) => `${r.name}纳入省重点建设项目${r.count}个，年度计划投资${r.plan}亿元，完成投资${r.done}亿元，投资完成率为${rate(r.done, r.plan)}%`).join('；')}。
从三市纳入省重点建设的${sum(rows.map((r) => r.count))}个项目来看，1-6月共完成投资${sum(
      rows.map((r) => r.done),
      1,
    )}亿元，项目建设呈现良好势头。`;
  },

  levels({ int, amount }) {
    const rows = ['省级', '市级', '县级'].map((name) => ({
      name,
      count: int(4, 30),
      plan: amount(15, 30, 2),
      done: amount(16, 36, 2),
    }));
    const [plan, done] = [sum(rows.map((r) => r.plan)), sum(rows.map((r) => r.done))];
    return `2021年，我县重点工程项目共${sum(rows.map((r) => r.count))}项，当年计划投资${plan}亿元。1-11月份，完成投资${done}亿元，投资完成率${rate(done, plan, 2)}%。其中：
${rows.map((r) => `${r.name}${r.count}项，当年计划投资${r.plan}亿元。1-11月份完成投资${r.done}亿元，投资完成率${rate(r.done, r.plan, 2)}%。`).join('\n')}`;
  },

  letters({ int }) {
    const kinds = [int(200, 300), int(100, 160), int(90, 140), int(20, 50)];
    const all = sum(kinds);
    const done = all - int(3, 20);
    return `2023年第二季度，共收到群众来信${all}件，已办结${done}件，办结率${rate(done, all, 2)}%。
从诉求类型来看，${['投诉类', '咨询类', '求助类', '建议类'].map((name, i) => `${name}${kinds[i]}件，占比${rate(kinds[i]!, all, 2)}%`).join('；')}。`;
  },

  targets({ amount, int }) {
    const [plan, done] = [amount(500, 620, 2), amount(180, 300, 2)];
    const [n, want] = [int(60, 99), int(110, 150)];
    return `1-6月份，全市引进亿元以上省外项目资金${done}亿元，完成年度目标任务${plan}亿元的${rate(done, plan, 2)}%。新开工工业项目${n}个，完成年度目标任务${want}个的${rate(n, want, 2)}%。全市共交办问题${want * 3}条，已整改${n * 3}条，整改率${rate(n, want)}%。`;
  },

  plainList({ int, amount }) {
    const [a, b, c] = [int(30, 60), int(20, 40), int(10, 30)];
    const plan = amount(100, 190, 1);
    const done = amount(60, 99, 1);
    return `今年全区共实施重点项目${a + b + c}个，其中续建${a}个、新开工${b}个、前期${c}个，年度计划投资${plan}亿元。截至7月底，全区重点项目完成投资${done}亿元，完成年度计划的${rate(done, plan)}%，其中产业项目${a}个，占项目总数的${rate(a, a + b + c)}%。甲路工程、乙桥工程、丙渠工程3个工程已完工，丁园项目、戊园项目等${int(4, 9)}个项目正在加快建设。`;
  },
};

export function samples(seeds = 6): Sample[] {
  return Object.entries(makers).flatMap(([name, make]) =>
    Array.from({ length: seeds }, (_, i) => ({
      name: `${name} ${i + 1}`,
      text: make(drawOf(i * 97 + name.length * 13 + 7)),
    })),
  );
}
