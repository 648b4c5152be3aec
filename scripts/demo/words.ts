// What invented projects are made of. Every name is made by combination; none is meant to be a real undertaking.

export interface Place {
  region: string;
  /** The unit that answers for the county's projects. */
  lead: string;
  towns: readonly string[];
  weight: number;
}

export const places: readonly Place[] = [
  {
    region: '岳阳楼区',
    lead: '岳阳楼区人民政府',
    towns: ['奇家岭', '洛王', '梅溪', '郭镇', '五里牌', '望岳路'],
    weight: 12,
  },
  { region: '云溪区', lead: '云溪区人民政府', towns: ['松杨湖', '路口', '陆城', '长岭', '文桥'], weight: 11 },
  { region: '君山区', lead: '君山区人民政府', towns: ['柳林洲', '许市', '广兴洲', '钱粮湖', '良心堡'], weight: 7 },
  {
    region: '岳阳县',
    lead: '岳阳县人民政府',
    towns: ['荣家湾', '黄沙街', '新墙', '公田', '张谷英', '筻口'],
    weight: 9,
  },
  {
    region: '华容县',
    lead: '华容县人民政府',
    towns: ['章华', '三封寺', '东山', '北景港', '鲇鱼须', '梅田湖'],
    weight: 9,
  },
  {
    region: '湘阴县',
    lead: '湘阴县人民政府',
    towns: ['文星', '金龙', '鹤龙湖', '洋沙湖', '樟树港', '岭北'],
    weight: 10,
  },
  { region: '平江县', lead: '平江县人民政府', towns: ['汉昌', '伍市', '安定', '长寿', '加义', '南江'], weight: 11 },
  { region: '汨罗市', lead: '汨罗市人民政府', towns: ['新市', '归义', '弼时', '长乐', '白水', '屈子祠'], weight: 10 },
  { region: '临湘市', lead: '临湘市人民政府', towns: ['长安', '羊楼司', '江南', '儒溪', '桃林', '聂市'], weight: 9 },
  { region: '屈原管理区', lead: '屈原管理区管理委员会', towns: ['营田', '河市', '凤凰'], weight: 3 },
  {
    region: '岳阳经济技术开发区',
    lead: '岳阳经济技术开发区管理委员会',
    towns: ['通海路', '康王', '西塘', '木里港'],
    weight: 8,
  },
  { region: '南湖新区', lead: '南湖新区管理委员会', towns: ['龙山', '求索', '湖滨'], weight: 4 },
  {
    region: '湖南城陵矶新港区',
    lead: '湖南城陵矶新港区管理委员会',
    towns: ['云港路', '松阳湖', '欣港路', '长江大道'],
    weight: 7,
  },
];

export interface Kind {
  what: string;
  content: string;
  command: string;
  /** Milestones of its progress text, in order. */
  steps: readonly string[];
}

const house = [
  '场地平整完成',
  '基础施工',
  '主体结构二层',
  '主体结构封顶',
  '砌体与外墙施工',
  '室内安装与装饰',
  '室外配套施工',
] as const;
const road = [
  '征地拆迁扫尾',
  '路基土石方施工',
  '桥涵下部结构',
  '路基基本成型',
  '水稳层摊铺',
  '沥青面层摊铺',
  '交安与绿化施工',
] as const;
const plant = [
  '厂区平整完成',
  '桩基施工',
  '厂房钢结构吊装',
  '厂房封顶',
  '设备基础施工',
  '设备安装',
  '单机调试',
] as const;
const water = [
  '施工围堰完成',
  '清淤疏浚',
  '堤防护岸施工',
  '泵站主体施工',
  '闸门安装',
  '附属设施施工',
  '试运行',
] as const;

export const kinds: Record<'产业' | '基础设施' | '社会民生' | '生态', readonly Kind[]> = {
  产业: [
    { what: '标准化厂房', content: '建设标准化厂房、研发楼及配套设施', command: '园区建设协调指挥部', steps: plant },
    {
      what: '精细化工新材料生产线',
      content: '建设特种化学品生产线及罐区、公用工程',
      command: '石化产业协调指挥部',
      steps: plant,
    },
    {
      what: '己内酰胺下游产品',
      content: '建设尼龙切片及工程塑料改性装置',
      command: '石化产业协调指挥部',
      steps: plant,
    },
    {
      what: '智能家电配套产业园',
      content: '建设注塑、钣金、总装车间与仓储中心',
      command: '电子信息协调指挥部',
      steps: plant,
    },
    {
      what: '电子元器件生产基地',
      content: '建设无尘车间与表面贴装生产线',
      command: '电子信息协调指挥部',
      steps: plant,
    },
    { what: '装配式建筑构件基地', content: '建设预制构件生产线及堆场', command: '装备制造协调指挥部', steps: plant },
    { what: '起重机械智能制造', content: '建设焊接、涂装、总装智能车间', command: '装备制造协调指挥部', steps: plant },
    {
      what: '休闲食品加工产业园',
      content: '建设面筋食品、肉制品加工车间及冷链库',
      command: '食品加工协调指挥部',
      steps: plant,
    },
    {
      what: '粮油精深加工',
      content: '建设低温大米、菜籽油加工线及低温库',
      command: '食品加工协调指挥部',
      steps: plant,
    },
    { what: '再生铝精深加工', content: '建设熔炼、压延生产线与环保设施', command: '园区建设协调指挥部', steps: plant },
    {
      what: '港口物流仓储中心',
      content: '建设通用仓库、冷链仓及信息平台',
      command: '港口物流协调指挥部',
      steps: plant,
    },
    { what: '文旅康养度假区', content: '建设游客中心、民宿群及配套道路', command: '文化旅游协调指挥部', steps: house },
    {
      what: '优质稻产业示范园',
      content: '建设高标准农田、烘干中心与加工车间',
      command: '现代农业协调指挥部',
      steps: plant,
    },
  ],
  基础设施: [
    {
      what: '至园区连接线公路',
      content: '按二级公路标准改扩建，含桥涵与平交口改造',
      command: '交通建设协调指挥部',
      steps: road,
    },
    { what: '片区路网', content: '新建城市次干路、支路及地下管线', command: '城市更新协调指挥部', steps: road },
    { what: '110千伏输变电工程', content: '新建变电站一座及配套线路', command: '能源电力协调指挥部', steps: house },
    { what: '天然气高压管网', content: '新建高压管线、门站与调压站', command: '能源电力协调指挥部', steps: road },
    { what: '城乡供水一体化', content: '新建水厂、加压站及主管网', command: '水利建设协调指挥部', steps: water },
    { what: '千吨级码头改造', content: '改造泊位、堆场与岸电设施', command: '港口物流协调指挥部', steps: water },
    { what: '5G基站与边缘机房', content: '新建基站、机房与传输光缆', command: '新型基础设施协调指挥部', steps: house },
    { what: '农村公路提质改造', content: '路面拓宽、安防设施与危桥改造', command: '交通建设协调指挥部', steps: road },
    { what: '标准园区综合管廊', content: '建设公用管廊、消防与监控系统', command: '园区建设协调指挥部', steps: road },
    {
      what: '老旧小区配套管网改造',
      content: '雨污分流、弱电入地与道路修复',
      command: '城市更新协调指挥部',
      steps: road,
    },
  ],
  社会民生: [
    { what: '义务教育标准化学校', content: '新建教学楼、运动场与宿舍', command: '教育建设协调指挥部', steps: house },
    { what: '职业技能实训基地', content: '建设实训楼与产教融合中心', command: '教育建设协调指挥部', steps: house },
    { what: '公办幼儿园', content: '新建教学楼及室外活动场地', command: '教育建设协调指挥部', steps: house },
    { what: '县域医疗服务中心', content: '新建门急诊医技综合楼', command: '卫生健康协调指挥部', steps: house },
    { what: '养老服务中心', content: '建设护理楼、康复楼与配套用房', command: '卫生健康协调指挥部', steps: house },
    { what: '保障性租赁住房', content: '建设住宅楼、地下车库与配套用房', command: '城市更新协调指挥部', steps: house },
    { what: '棚户区改造安置小区', content: '建设安置房及配套设施', command: '城市更新协调指挥部', steps: house },
    {
      what: '农贸市场与停车楼',
      content: '建设标准化农贸市场、立体停车楼',
      command: '城市更新协调指挥部',
      steps: house,
    },
    { what: '文化体育中心', content: '建设体育馆、图书馆与全民健身广场', command: '文化旅游协调指挥部', steps: house },
  ],
  生态: [
    { what: '水系连通及综合治理', content: '河道疏浚、护岸与生态湿地', command: '水利建设协调指挥部', steps: water },
    {
      what: '堤防加固与险工整治',
      content: '堤身加培、护坡与穿堤建筑物改造',
      command: '水利建设协调指挥部',
      steps: water,
    },
    {
      what: '污水处理厂及配套管网',
      content: '扩建污水处理能力并新建截污干管',
      command: '生态环保协调指挥部',
      steps: water,
    },
    { what: '矿山生态修复', content: '边坡治理、复绿与排水', command: '生态环保协调指挥部', steps: road },
    { what: '固体废物综合利用', content: '建设分拣、资源化利用生产线', command: '生态环保协调指挥部', steps: plant },
    { what: '长江岸线复绿', content: '岸线清理、护坡与防护林带', command: '生态环保协调指挥部', steps: road },
  ],
};

export const commandPosts = [...new Set(Object.values(kinds).flatMap((list) => list.map((kind) => kind.command)))];

export const phases = ['', '', '', '一期', '二期', '三期', '（扩建）', '（提质改造）'] as const;

export const problems = [
  '',
  '',
  '',
  '',
  '',
  '',
  '用地范围内剩余房屋未交付，影响施工面展开',
  '银行贷款放款进度慢于施工进度',
  '林地手续尚在报批',
  '连续降雨影响土石方施工',
  '临时用电容量不足',
  '管线迁改方案未定',
  '主材价格上涨，部分标段放缓',
  '施工图审查未完成',
] as const;

export const surnames = '周陈何方唐段吴彭黎沈郭杨易丁许赵刘李张谢罗邓曾胡龙熊毛肖汤邱';
export const givenNames = [
  '建平',
  '志刚',
  '立新',
  '毅',
  '友明',
  '勇',
  '凯',
  '波',
  '军',
  '涛',
  '伟',
  '帆',
  '平',
  '洁',
  '晴',
  '敏',
  '晓东',
  '国华',
  '丽君',
  '文斌',
  '海燕',
  '新民',
  '雅琴',
  '德安',
  '昭',
];
export const leaderTitles = [
  '市领导甲',
  '市领导乙',
  '市领导丙',
  '市领导丁',
  '市领导戊',
  '市领导己',
  '市领导庚',
  '市领导辛',
  '市领导壬',
  '市领导癸',
];
