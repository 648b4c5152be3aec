/**
 * Passwords of ten or more characters that many people have used, lower case, compiled by us from what is generally
 * known of published leaks (Chinese habits first). Plain repetitions and walks over the keyboard are not listed:
 * `password.ts` finds them by rule. Nor are decorations of a root ("Admin@2021"): see `commonRoots`.
 */
const listed = `
woaini1314 woaini1314520 woaini5201314 woaini520520 woaini521521 woaini123456 woaini123123 woaini1234 woaini1991 woaini1992
5201314woaini 1314520woaini 5201314520 1314520520 1314521521 5201314521 5211314520 5201314123 1235201314 1234561314 5845201314
5845211314 5845201314520 7758521521 7758258520 77582587758258 7758521123 3344520520 3344521521 33445211314 1313131313
a5201314520 a1314520520 a123456789 a1234567890 aa123456789 aaa123456789 abc123456789 abc1234567 abcd123456 abcd1234567 abcd12345678
abcde12345 abcde123456 abcdef123456 abcdefg123 abcdefg1234 abcdefg12345 abcdefg123456 123456abcd 123456abcde 123456abcdef
123456789a 123456789aa 123456789abc 123456789q 123456789qq 123456789w 123456789z 123456789zxc 1234567890a 1234567890abc 1234567890q
q123456789 qq123456789 qq1234567890 qq123123123 qwe123456789 qwer123456 qwer12345678 qwert12345 qwert123456 qwerty1234
qwerty12345 qwerty123456 qwerty123456789 qwertyuiop123 qwertyuiop1 123qweasdzxc 123qweasdzx qwe123asd456 qweasdzxc123 qweasd123456
qweasdzxc1 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qaz@wsx3edc 1qaz!qaz1qaz 1qaz2wsx!@ 1qaz@wsx#edc !qaz2wsx3edc !qaz@wsx3edc
qazwsx123456 qazwsxedc123 qazwsx1234 qazwsxedcrfv 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r!@ 1qw23er45t
zxcvbnm123 zxcvbnm1234 zxcvbnm12345 zxcvbnm123456 zxcvbnm123456789 zxcvbnm789 zxc123456789 zxcv123456 zxcvb12345 zxcvbn123456
asdf123456 asdf12345678 asdfg12345 asdfgh123456 asdfghjkl123 asdfghjkl1 asdfghjkl0 asd123456789 asdasd123456 asdasdasd123
z123456789 w123456789 s123456789 x123456789 l123456789 y123456789 c123456789 h123456789 j123456789 k123456789 m123456789 t123456789
p123456789 zz123456789 ww123456789 ll123456789 wang123456 zhang123456 chen123456 liu123456789 yang123456 huang123456 zhao123456
zhou123456 xiao123456 wangwei123 zhangwei123 wangfang123 lijun123456 xiaoming123 xiaofang123 xiaolong123 liming123456 liwei123456
password12 password123 password1234 password12345 password123456 passw0rd123 passw0rd1234 passw0rd01 passw0rd@1 p@ssw0rd123 p@ssw0rd1234
p@ssw0rd12 p@ssw0rd01 p@ssword123 pa55word123 password01 password1! password!1 password@1 password@123 mypassword newpassword
changeme123 changeme1234 changeit123 letmein123 letmein1234 letmeinplease iloveyou12 iloveyou123 iloveyou1314 iloveyou520
iloveyou1234 iloveyou123456 ilovechina iloveyou5201314 welcome123 welcome1234 welcome2021 welcome@123 welcome2china
administrator administrator1 administrator123 admin12345 admin123456 admin1234567 admin@1234 admin@12345 admin@123456 admin123!@# admin888888
admin666666 adminadmin adminadmin1 adminadmin123 admin123admin admin123admin123 root123456 rootroot123 root@123456 root12345678 rootpassword
system123456 systemadmin superadmin superadmin1 superadmin123 supervisor superuser123 sysadmin123 sysadmin1234 manager123456 manager1234
test123456 test12345678 testtest123 test1234567 tester1234 guest123456 guest12345 user123456 user12345678 default123 temp123456
oracle123456 mysql123456 postgres123 postgresql postgres1234 tomcat123456 weblogic123 webmaster1 database123 server2008 server2012
windows2008 windows2012 huawei@123 huawei12#$ huawei123456 admin@huawei h3cadmin123 lenovo123456 changeme_123 change_me_1 redhat123456
zhongguo123 zhongguo1949 zhongguo520 woaizhongguo woaizuguo1 zhonghua123 wozhidao123 wobuzhidao wobuzhidao1 wodemima123
mimamima123 mima123456 mima12345678 mimashi123 meiyoumima wangjimima wodeshijie woshishui1 woshitiancai woshizhu123 woaibeijing
woaiwojia1 woaiwojia123 woaimama123 woaibaba123 woaimama1314 laopowoaini laogongwoaini qinaide123 baobei1314 baobei5201314 baobao123456 wangba123456
xiaobai123 xiaohei123 xiaopang123 tiantian123 tiantian1314 dongdong123 lingling123 yangyang123 lovelove123 lovelove520 love123456 love1314520
love5201314 loveyou1314 loveyou520 loveyou123 loveme1314 forever1314 forever520 always1314 yisheng1314 yishengyishi yishengyishi1314
beijing2008 beijing123 beijing2022 shanghai123 shanghai2010 guangzhou123 shenzhen123 changsha123 hunan123456 yueyang123 yueyang730
wuhan123456 chengdu123 chongqing123 nanjing123 hangzhou123 tianjin123 hangzhou2016 gongan123456 zhengfu123 zhengfu123456 fagaiwei123
zhongdian123 zhihuibu123 xiangmu123 xiangmu123456 guatu123456 guatu12345 taobao123456 alibaba123 baidu123456 tencent123 weixin123456
qq5201314520 qqqq111111 aaaa111111 aaaaaa111111 aaa111111111 aaaaa11111 a1111111111 a111111111 a000000000 a0000000000 a1a2a3a4a5 a1b2c3d4e5
a1b2c3d4e5f6 1a2b3c4d5e 1a2b3c4d5e6f a1s2d3f4g5 z1x2c3v4b5 z1x2c3v4b5n6 0123456789a 0987654321a 9876543210a a0987654321 a987654321 a9876543210
987654321a 987654321abc 1122334455 112233445566 11223344aa 1122334455a 123123123a 123123123abc 123321123321 1233211234567 123456123456
123456654321 1234567891 12345678910 123456789123 1234567890123 123456789987654321 1472583690 147258369a 147258369abc 741852963a 7418529630
789456123a 7894561230 159357159357 1593574862 159753159753 1597534862 1357924680 2468013579 0246813579 123654789a 3692581470 963852741a
3.1415926535 3141592653 31415926535 314159265358 299792458a 1123581321 2718281828 6.62607015 0147258369 1029384756 0102030405 010203040506
football123 basketball basketball1 basketball23 baseball123 michael123 jordan232323 kobebryant kobebryant24 superman123 spiderman1 batman123456
starwars123 pokemon123 dragon123456 monkey123456 sunshine123 princess123 butterfly1 qwerty2021 computer123 internet123
samsung123 liverpool1 manchester chelsea123 arsenal123 realmadrid barcelona1 juventus10 trustno1trustno1 whatever123 blink182182 nothing123
michelle123 jessica123 charlie123 jennifer123 christopher christian1 alexander1 elizabeth1 stephanie1 1234qwerasdf 1234qwerasdfzxcv asdfqwer1234 qwerasdfzxcv1234
`;

export const commonPasswords: ReadonlySet<string> = new Set(listed.split(/\s+/).filter((word) => word !== ''));

/** Words that are no better for a year, a walk or a lucky number behind them. */
const roots = `
a aa aaa aaaa aaaaaa ab abc abcd abcde abcdef abcdefg asd asdf asdfg asdfgh asdfghjkl q qq qqq qw qwe qwer qwert qwerty qwertyuiop qaz qazwsx qazwsxedc
z zz zzz zx zxc zxcv zxcvb zxcvbn zxcvbnm w ww x xx xxx y l ll s ss k
admin admins administrator root system sysadmin superadmin super supervisor superuser manager master operator user guest test tester testing demo default temp
password passwd pass passwort pwd mima wodemima changeme changeit letmein welcome login secret access enter hello helloworld iloveyou loveyou ilove love lovely forever
woaini woai woaiwojia woaizhongguo woaizuguo woshishui wobuzhidao nihao nihaoma laopo laogong baobao baobei qinai qinaide mama baba zuguo zhongguo zhonghua china
beijing shanghai guangzhou shenzhen tianjin chongqing hunan hubei changsha yueyang wuhan nanjing hangzhou chengdu xian
zhengfu gongan fagai fagaiwei zhihuibu zhongdian xiangmu xiangmubu bangongshi zongzhihuibu guatu
wang zhang li liu chen yang huang zhao zhou wu xu sun zhu ma hu guo lin he gao luo
huawei lenovo xiaomi tencent taobao alibaba baidu weixin wechat computer internet server database oracle mysql postgres windows linux
summer winter spring autumn january monday sunshine princess dragon monkey football superman batman
`;
export const commonRoots: ReadonlySet<string> = new Set(roots.split(/\s+/).filter((word) => word !== ''));
