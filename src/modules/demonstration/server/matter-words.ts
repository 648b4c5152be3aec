/** What goes wrong on sites and what is assigned, in the words of the field. Everything made of them is 示例. */
export interface Theme {
  category: string;
  /** The department that leads; null: the county of the project. */
  unit: string | null;
  onSpot: readonly string[];
  assigned: readonly string[];
}

export const themes: readonly Theme[] = [
  {
    category: 'land',
    unit: '岳阳市自然资源和规划局',
    onSpot: ['临时用地界桩缺失', '弃土堆放超出红线'],
    assigned: ['协调解决剩余用地报批', '办结先行用地手续', '调整用地红线并补办规划许可'],
  },
  {
    category: 'relocation',
    unit: null,
    onSpot: ['拆迁现场围挡破损', '进场便道被堵'],
    assigned: ['完成剩余房屋征拆', '协调坟墓迁移', '兑付征拆补偿款'],
  },
  {
    category: 'utilities',
    unit: '岳阳供电公司（示例）',
    onSpot: ['施工临时用电接线不规范', '工地供水管爆裂'],
    assigned: ['完成10千伏专线报装', '协调施工用电增容', '接通施工用水用气'],
  },
  {
    category: 'pipelines',
    unit: '岳阳市住房和城乡建设局',
    onSpot: ['管线标识桩缺失', '检查井盖松动'],
    assigned: ['完成燃气管线迁改', '协调通信光缆迁改', '协调污水主管改线'],
  },
  {
    category: 'permits',
    unit: '岳阳市发展和改革委员会',
    onSpot: ['施工许可公示牌未更新'],
    assigned: ['办结初步设计批复', '办结施工许可', '完成环评批复'],
  },
  {
    category: 'funds',
    unit: '岳阳市财政局',
    onSpot: ['工程款支付台账未及时登记'],
    assigned: ['落实专项债券配套资金', '协调银行放款', '拨付到期工程款'],
  },
  {
    category: 'labour',
    unit: '岳阳市人力资源和社会保障局',
    onSpot: ['实名制考勤机离线', '工资公示栏未更新'],
    assigned: ['协调解决熟练工短缺', '化解劳务班组欠薪纠纷'],
  },
  {
    category: 'safety',
    unit: '岳阳市应急管理局（示例）',
    onSpot: ['临边防护缺失', '脚手架连墙件缺失', '配电箱未上锁'],
    assigned: ['完成深基坑支护专项整改', '完成塔吊安全评估'],
  },
  {
    category: 'dust',
    unit: '岳阳市生态环境局',
    onSpot: ['裸土未覆盖', '渣土车冲洗不到位', '雾炮机未开启'],
    assigned: ['完善扬尘在线监测', '整治施工噪声扰民'],
  },
  {
    category: 'surroundings',
    unit: null,
    onSpot: ['村民临时阻工', '施工道路通行受阻'],
    assigned: ['化解周边群众阻工', '协调便道占地补偿'],
  },
  {
    category: 'progress',
    unit: '岳阳市交通运输局',
    onSpot: ['材料进场衔接不畅'],
    assigned: ['抢回滞后工期并报赶工方案', '增加作业面和机械投入'],
  },
];

/** What the inspection of hazardous waste looked at (source document 003), as findings are written. */
export const findingWords: readonly string[] = [
  '危险废物贮存间未设置标识牌',
  '危险废物管理台账记录不完整',
  '危险废物超期贮存',
  '转移联单填写不规范',
  '委外处置合同过期',
  '自行利用处置未按备案执行',
  'VOCs废气收集不密闭',
  '废气净化装置活性炭未及时更换',
  '自行监测频次不足',
  '污染防治设施运行记录缺失',
  '污水处理站污泥贮存不规范',
  '外排废水重金属指标需复测',
  '应急预案未备案',
];
export const surnames = '王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程'.split('');
