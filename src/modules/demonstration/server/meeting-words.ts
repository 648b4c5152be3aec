/** What coordination turns on, as minutes of dispatch meetings say it. Invented, for the demonstration. */
export const decisionThemes: readonly { unit: string; problem: string; decision: string }[] = [
  { unit: '自然资源', problem: '目前用地报批卡在林地手续，影响后续标段进场。', decision: '完成〈项目〉剩余用地报批' },
  { unit: '住房', problem: '雨污管网与主体交叉施工，工序衔接不畅。', decision: '协调〈项目〉管网交叉施工方案' },
  { unit: '交通运输', problem: '进场便道未打通，材料运输受阻。', decision: '打通〈项目〉进场便道' },
  { unit: '供电', problem: '临时用电容量不足，桩基设备不能全开。', decision: '完成〈项目〉施工用电增容' },
  { unit: '财政', problem: '配套资金到位不足，影响工程款支付。', decision: '落实〈项目〉年度配套资金' },
  { unit: '发展和改革', problem: '项目调概尚未批复，招标不能启动。', decision: '完成〈项目〉概算调整审查' },
  { unit: '生态环境', problem: '环评变更需重新报批。', decision: '完成〈项目〉环评变更审批' },
];

export const observationComments: readonly string[] = [
  '现场组织有序，围挡规范，形象进度看得见。',
  '机械多、工人少，桩基作业面没有展开。',
  '材料堆放整齐，安全标识齐全。',
  '与上次观摩相比主体已封顶，进展明显。',
  '土方外运扬尘控制不够，建议增设喷淋。',
];
