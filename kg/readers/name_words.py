"""Forenames and surnames, in lower case, that are seldom words of a title.

Counted over arXiv metadata (CC0 1.0, 75,000 titles and bylines of 2025): every form here stands in at least
40 bylines and is at least four times as frequent there as in titles and abstracts; the 2,500 most frequent.
"""

from __future__ import annotations

__all__ = ["NAME_WORDS"]

_TEXT = """
aaron abbas abdelrahman abdul abdullah abhay abhijit abhinav abhishek abu adam adel adeli adi adithya
aditi aditya adnan adrian adrien agarwal aggarwal agrawal ahmad ahmed ahmet ahn ahsan ahuja aishwarya ajay
akash akhil akhtar akshay al alaa alam alan albert alberto alejandro aleksander aleksandr alessandro
alessio alex alexander alexandra alexandre alexandros alexandru alexey alexis ali alice alina alireza
allen almeida alonso alvarez alvaro alves aman amanda amin amine amir amirhossein amiri amit ammar amy ana
anand ananya anas anastasia anders anderson andre andrea andreas andrei andres andrew andrey andy ang
angel angela angelo anh aniket anil anirudh ankit ankur ann anna anne anoop anqi anthony antoine anton
antonio anuj anurag anwar ao arash arianna ariel arif arjun arman armin armstrong arnav arora artem arthur
artur arun arya aryan ashish ashley ashok ashutosh ashwin asif asim athanasios austin avi avinash axel
ayan ayush azam aziz ba babak babu bach bae baek bai balaji ban banerjee bang bansal bao baptiste barbara
barry bastian basu bauer becker behzad bei ben benedikt benjamin benoit bernard bernhard bharadwaj bhat
bhatia bhattacharya bhattacharyya bian biao bilal bill bin binbin bing bingbing binh biswas bo bogdan
bohan bohao bolin boris bowei bowen boyan boyang boyi boyu boyuan bradley brandon brian brown bruce bruno
bryan bu bui burak byung cai caiming caleb calvin cameron campbell cao carl carlos carolina caroline
carsten carvalho castro catherine ce cen cha chadha chae chai chaitanya chakraborty chan chandra chang
changsheng chao chaofan chaoyang chaoyi charles chatterjee chau chaudhary chawla che chee chen chenchen
cheng chenghao chengjie chenglin chenglong chenguang chengwei chengyu chengzhi chenhao chenhui chenliang
chenxi chenxin chenxu chenyang chenyi chenyu cheung chi chia chiang chiara chieh chien chih chin ching
chirag chiu cho choi chong chongyang choo chou choudhury chowdhury chris christian christina christine
christoph christophe christopher christos chu chua chuan chuang chul chun chung chunhua chunlei chunyang
chunyi chunyu claire clark claudia claudio cohan cohen colin cong conghui connor constantin cooper costa
craig cremers cristian cristina cruz cui cuong da dacheng dahua dai daisuke dan dana danda dandan dang
daniel daniela daniele daniil danilo danny dao daria dario das dasgupta dat datta dave david davide davis
dawei dawn daxin dayiheng de dean deepak del demir den deng denis deniz dennis der derek desai dev dey
deyi deyu dhruv di dian diana diao diaz didier diego dimitrios dimitris dinesh ding dingkang dinh diogo
dirk divya dmitrii dmitry dominik dong dongdong donghao donglin dongrui dongsheng dongyang dos dou du duan
duc dung duo duong dutta duy dylan edoardo eduard eduardo edward egor ehsan ekaterina el elena eli elias
elisa elizabeth elliott emad emanuele emily emma emmanuel emre en enhong enrico enrique eric erik erin
ethan eugene eun eva evan evangelos evans evgeny fabian fabien fabio fabrizio fadi fahad faisal fan fang
fangzhou faruk fatemeh fatih fatima federico fei feifei feiyang feiyu felipe felix feng fernandes
fernandez fernando ferreira filip filippo fischer florian florin francesca francesco francis francisco
franck francois frank fred freitas friedrich fu fung gabriel gabriele gai gal gan gandhi ganesh gang gao
garcia garg gary gaurav gautam ge geiger geng georg george georgios gerard gerhard ghanem ghosh giacomo
gianluca gil gim giorgio giorgos giovanni giulia giuseppe goel gomes gomez gong gonzalez gonzalo gool
gopal gordon gou goyal grace graham greg gregory grzegorz gu guan guanbin guang guanghui guangming
guangtao guangyao guangyu guanhua guanyu guilherme guillaume guillermo guo guodong guofeng guohao guojun
guoqing guosheng gupta gurevych gustavo guy ha hadi hahn hai haibin haibo haifeng hailong haipeng haitao
haiyan haiyang hamdi hamed hamid hamidreza hamza han hang hanlin hanna hannah hanqi hanqing hans hanwen
hanyu hao haobo haochen haocheng haodong haofeng haohan haojie haolin haoming haonan haoran haotian
haotong haowei haowen haoxiang haoxuan haoyang haoyi haoyu haoyuan haozhe haque hari haris harry harsh
hasan hashemi hassan he hee hei hein helen hendrik heng hengyu henrik henry heo hernandez hieu himanshu
hinrich hiroaki hiroki hiroshi ho hoang holger hong hongbin hongbo hongfei hongjie hongkai hongliang
honglin hongming hongru hongsheng hongtao hongwei hongxia hongxu hongyan hongyang hongyi hongyu hongyuan
hongzhi hooi hoon hoque hossain hossein hosseini hou howard hsiang hsiao hsieh hsin hsu hsuan hu hua
huajun huan huang huawei hubert huchuan hugo hui huimin huiyu hung huo hussain hussein huu huy huynh hwan
hwang hyun hyung hyunwoo ian ibrahim ido ignacio igor ilia ilya imran inoue ioannis iqbal irene irina
iryna isaac isabel isabelle islam ismail ito ivan iyer jack jackson jacob jacobs jae jaehoon jaemin jaewoo
jain jake jakob jakub james jamie jan jana jane jang jared jason javad javier jay jean jeff jeffrey jen
jennifer jenny jens jeon jeong jeremy jerry jesse jessica jha ji jia jiachen jiacheng jiafeng jiahao jiahe
jiaheng jiahong jiahuan jiahui jiajia jiajie jiajun jiale jialiang jialin jialong jialu jiamin jiaming
jian jianan jianbo jiancheng jianfei jianfeng jiang jiangning jianguo jianhao jianhua jianhui jianing
jianjun jiankang jianmin jianwei jianwen jianxin jianyu jiao jiapeng jiaqi jiaqing jiarui jiashu jiashuo
jiatong jiawei jiawen jiaxi jiaxiang jiaxin jiaxing jiaxu jiaxuan jiayang jiayi jiaying jiayu jiayuan
jiazhen jiazheng jie jiebo jieyu jihwan jim jimenez jimin jimmy jin jinbo jincheng jindong jinfeng jing
jingbo jingdong jinghan jingjing jingqi jingren jingwei jingwen jingxuan jingyang jingyi jingyu jingyuan
jinhao jinhua jinhui jinjie jinlong jinming jinpeng jinsong jintao jinwei jinwoo jinyang jinyu jinyuan
jiwen jiwon jiyuan jo joachim joan joao joe joel joey johan johannes john johnson jon jonas jonathan jones
jong joo joon jordan jorge jose josef joseph josh joshi joshua joy ju juan jue juho jui julia julian julie
julien julius jun junbo junchao juncheng junchi junfeng jung junhao junhui junjie junjun junlin junlong
junming junnan junqi juntao junwei junwen junxian junyan junyang junyi junyu junyuan junzhe justin ka
kabir kai kailun kaipeng kaiqi kaiwen kaixin kaiyu kaiyuan kamal kang kao karan karen karim karimi karl
karthik kartik kashyap kate katharina katherine kaur kaushik kautz ke keisuke keith kelly kelvin ken kenji
kenneth kentaro kevin kexin keyan keyu khaled khalid khalil khan khang khanh khoa khoi ki kiet kim kin
king kiran kirill kit klaus klein ko koh kong konrad konstantin konstantinos koo kou krishna krishnamurthy
krishnan kristen kristian krzysztof kuan kuang kui kulkarni kumar kun kunal kundu kunyu kuo kurt kushal
kuznetsov kwak kwan kwok kwon kyle kyu la lai lam lan lang lao lara lars lau laura lauren laurent lawrence
le lee lei lena leng lennart leo leon leonardo leong leonid leonidas letian levi levy lewei lewis li liam
lian liang liangyu liao libo lichao licheng lidong lifeng lifu lihao lijie lijuan lijun lili lim lima
limin liming lin lina linda linfeng ling lingdong lingfeng lingling lingyu linh linjie linlin linus lior
liqiang lisa liu liwei liwen lixin liyuan lizhuang lo longfei lopez lorenz lorenzo lou louis lu luan luc
luca lucas lucia ludwig luigi luis luisa lukas luke lun luna luo luu lv lyu ma maarten maciej mahdi mahesh
mahmood mahmoud mahmud mai maier majid majumdar maksim malik man mandal mang manish manocha manoj manuel
mao maosong marc marcel marcelo marcin marco marcos marcus marek maria marie marina mario marius mark
marko markus marta martin martinez martins mary maryam masoud massimiliano massimo mateusz matheus mathias
mathieu matias matt matteo matthew matthias matthieu mattia mauro max maxim maxime maximilian maya mayank
md megan mehdi mehmet mehrdad mehta mei melanie melo meng mengdi mengjie mengmeng mengqi mengyu mengyuan
mert metaxas meyer mi mia mian miao michael michal michel michele michelle miguel mihai mike mikhail
miller min ming minghan minghao minghui mingjie mingming mingrui mingxuan mingyang mingyu mingyuan mingyue
mingze mingzhe minh minsu mishra mitchell mitra mittal mo mohamad mohamed mohammad mohammadi mohammadreza
mohammed mohan mohd mohit mohsen mona monica moon moore morales moreno morgan moritz morris morteza
mostafa mou mu mubarak mueller muhammad mukherjee mustafa mutlu na nair nakamura nakov nam nan nancy
narayanan naseem nassir natalia natalie nath nathan nathaniel navab navarro nayak neel neil neubig ng ngai
ngan nghia ngo ngoc nguyen nhat ni nian nicholas nick nico nicola nicolas nicole nicu nie nikhil nikita
niklas nikola nikolaos nikos nils nima nina ning ningyu nir nishant nitin niu noah noam noel noh noor nuno
nuo nur oh olaf oleg olga oliveira oliver olivia olivier omar omer omid ong onur oren ortiz oscar ou
ouyang owen pablo pal pan panagiotis panda pandey pang pani paolo papadopoulos park parker parsa parth
pascal patel pathak patil patrick paudel paul paula paulo pavan pavel pavlo pedram pedro pei peilin peiyu
peng pengcheng pengfei pengjun pengxiang pengyu pereira perez peter petr pfister pham phan pheng philip
philipp philippe phillip phuc phuong piao pierre pietro pin ping piotr plank po pollefeys prakash pranav
prasad prasanna prateek pratik praveen preslav priyanka pu qi qian qiang qianli qianqian qianyu qiao qibin
qifan qifeng qihang qihao qiming qin qing qinghua qinglin qingming qingqing qingsong qingyang qingyao
qingyu qingyuan qingyun qiong qipeng qirui qiu qiyao qiyu qiyuan qu quan quang quentin qun quoc rachel
radu rafael rahimi rahman rahul rai rainer raj raja rajan rajesh rajiv raju rakesh ram rama ramakrishnan
raman ramesh ramos ran rana ranjan ranjay rao raphael rashid ravi rawat raymond raza razzak rebecca reddy
rehman ren renjie reza ribeiro ricardo riccardo ricci richard rishabh rishi rita rizwan rob robert roberto
roberts robin robinson rodrigo rodrigues rodriguez roger rohan rohit roland romain roman romero ron ronald
rong rongrong rosa rose ross rossi roth roy ru ruan ruben rueckert rui ruihan ruijie ruilin ruiming ruiqi
ruixiang ruixuan ruiyang ruiz ruizhe runmin runze ruochen ruoxi ruoyu rupprecht russell ryan ryo ryu saad
sachin saeed sagar saha sahar sahil sahoo sahu sai said saif saining saito sajjad sakai sakib saleh salehi
salim salman sami samir samuel san sanchez sandeep sander sang sanjay santiago santos santosh saptarshi
sara sarah sarkar sato satoshi saurabh saxena schmid schmidt schmitt schneider schwartz scott sean
sebastian sebastien sebe sen seng sengupta seo seok seon seong serena serge sergey sergio seth seung
seunghyun seungryong seyed sha shafiq shah shahbaz shahriar shan shang shanghang shankar shanshan shao
shaobo shaohua shaohui shaojie sharma sharon shashank shawn she shen sheng shengjie shengyu shengyuan
shetty shi shibo shiguang shih shihao shijian shijie shilin shilong shim shimin shin shiqi shivam shiwei
shiyao shiyi shiyu shou shrestha shreya shreyas shrivastava shu shuai shuang shubham shuhan shuhao
shuicheng shujian shukla shun shunsuke shuo shuting shuyue si sicheng sicong siddhant siddharth siddhartha
sihan sihang siheng sijia sijie silva silvia silvio simin siming simon simone sina sinan singh singhal
singla sinha siqi sirui siu siva siwei siyang siyi siyu siyuan smith sofia soham soheil son song songlin
songtao soo sophia sophie sourav souza spencer sri sridhar srinivas srinivasan sriram srivastava stanley
stefan stefanie stefano stefanos steffen stein stella stephan stephanie stephen steve steven stewart su
subramanian sui suk suman sumit sun sung sunil suresh susan suzuki sven syed ta tae taha tai takahashi
takahiro takashi takuya tal tam tan tanaka tang tanmoy tao tarun tat tatiana tatsuya taylor teja tejas
teng tengfei terry thakur thanh theo theobalt thi thien thierry thomas thompson thu thuy tiago tian
tianchen tiancheng tianfan tianhao tianle tianlong tianming tianqi tianrui tianshi tianshu tiantian
tianwei tianxiang tianyang tianyi tianyu tianyuan tianze tiejun tien tim timo timofte timothy ting
tingting tingyu tiwari tobias todd tom tomas tomasz tombari tomer tommaso tong tongliang tony torr torres
torsten tran trang trevor triet trinh tripathi tristan trivedi trong trung truong tsai tsang tseng tsung
tu tuan tung tuo tushar tyler tzu uddin ul ullah ulrich ur usman utkarsh vahid vaibhav valentin valentina
valerio van vanessa varma varun vasileios vasu vazquez venkata venkatesh vera verma victor victoria viet
vijay vikas vikram viktor vinay vincent vincenzo vineet vinh vishal vishnu vivek vlad vladimir vladislav
vo von vu wagner wai walid walter wan wang wangmeng wanli wanxiang watanabe watson wayne weber wee wei
weichen weidi weidong weifeng weihang weihao weihong weihua weijia weijian weijie weijun weikai weikang
weili weilin weimin weiming weinan weiping weiqi weiqiang weiran weisi weiss weiwei weiwen weixiang weixin
weiyi weiyu weizhi wen wenbin wenbo wenchao weng wenhan wenhao wenhu wenhui wenjia wenjie wenjing wenjun
wenkai wenlong wenpeng wenping wenqi wenqiang wenrui wenshuo wentao wenting wenwen wenxin wenxuan wenyi
wenyu wenyuan wenzhao wetzstein william williams wilson wing wojciech wolf wolfgang won wong wonka woo wu
xavier xi xia xian xiang xianglong xiangru xiangtai xiangxiang xiangyang xiangyu xiao xiaobin xiaobo
xiaochen xiaocheng xiaochun xiaodan xiaodong xiaofan xiaofei xiaofeng xiaogang xiaoguang xiaohan xiaohong
xiaohu xiaohua xiaohui xiaojie xiaojuan xiaojun xiaokang xiaokun xiaolei xiaoli xiaolin xiaoling xiaolong
xiaomeng xiaomin xiaoming xiaonan xiaopeng xiaoqi xiaoqian xiaoqiang xiaoqing xiaoran xiaoshuai xiaosong
xiaotian xiaotong xiaowei xiaowen xiaoxiao xiaoxuan xiaoyan xiaoyang xiaoye xiaoyi xiaoying xiaoyu
xiaoyuan xiaoyun xie xihui xilin xin xinbo xinchao xing xingchen xinghao xingjian xingjun xinglong
xingxing xingyu xinhao xinjie xinlei xinlong xinpeng xinran xinrui xintao xintong xinwei xinxin xinyan
xinyang xinyao xinyi xinyu xinyuan xinyue xinze xinzhe xiong xiongkuo xipeng xiu xu xuan xuanjing xuanyu
xudong xue xuefeng xuelong xueqi xueqing xuesong xueyang xuhui xuming xun xunliang xuyang ya yadav yafei
yahui yali yamada yan yanan yanbin yanbo yancheng yanfeng yang yangfan yanghua yangqiu yangyang yanjie
yanjun yankai yanlin yanming yann yannick yanning yansong yanwei yanyan yanzhi yao yaowei yaqi yash yawei
yawen yaxiong ye yee yefeng yeh yejin yen yeo yeon yeung yi yibin yibing yibo yichao yichen yicheng yichi
yida yiding yidong yifan yifei yifeng yifu yihan yihang yihao yiheng yihong yihua yijia yijie yijun yikai
yikang yike yikun yilei yilin yiling yilmaz yilong yilun yimeng yimin yiming yin yinan ying yinghao
yinghui yingjie yingying yining yinuo yipeng yiping yiqi yiqing yiqun yiran yiren yitao yitian yiting
yitong yiwei yiwen yixiang yixiao yixin yixiong yixuan yiyang yiyi yizhe yizhi yizhou yizhuo yoav yogesh
yohan yonatan yong yonghao yonghong yongjie yongjun yongkang yongliang yongqi yongsheng yongxiang yongxin
yoo yoon yossi young youssef yu yuan yuang yuanhao yuankai yuanxing yuanyuan yubin yubo yuchen yucheng
yudong yue yueming yueqi yueting yufan yufei yufeng yuguang yuhan yuhang yuhao yuheng yuhong yuhua yuhui
yuille yuji yujia yujian yujie yujin yujiu yujun yukang yuke yuki yukun yulan yulia yuliang yulin yulong
yulun yumeng yuming yun yunfan yunfei yunfeng yung yunhao yunhe yunhong yuning yunlong yunpeng yuntao
yunze yunzhi yupeng yuqi yuqian yuqing yusen yushi yusuf yusuke yuta yutao yuting yutong yuval yuwei yuwen
yuxi yuxiang yuxiao yuxin yuxing yuxuan yuyang yuyao yuyin yuyu yuze yuzhe yuzhi zachary zahra zan zang ze
zeeshan zehao zehua zehui zekai zekun zelin zeming zeng zequn zeyi zeyu zeyuan zha zhai zhan zhang
zhangyang zhanyu zhao zhaopeng zhaoxiang zhaoxin zhaoyang zhe zhen zhenbo zhendong zheng zhenghao zhenglin
zhengyang zhengyi zhengyu zhengyuan zhengzhong zhenhua zhentao zhenwei zhenyu zheyu zheyuan zhi zhibo
zhichao zhicheng zhifeng zhigang zhiguo zhihan zhihang zhihao zhiheng zhihong zhihua zhihui zhijian zhijie
zhijing zhijun zhilin zhimin zhiming zhipeng zhiqi zhiqiang zhiqing zhitao zhiwei zhiwen zhixiang zhixin
zhixiong zhixuan zhiyang zhiyi zhiying zhiyong zhiyu zhiyuan zhizhong zhong zhongwei zhongyu zhongyuan
zhou zhu zhuang zhuo zhuofan zhuoran zhuosheng zi zia ziang zibo zichao zichen zicheng zifan zifeng zihan
zihang zihao ziheng zijia zijian zijie zijun zikai zikang zilin zilong ziming zipeng ziqi ziqian ziqiang
zirui zitong ziwei ziwen zixiang zixin zixu zixuan ziyan ziyang ziyi ziyu ziyuan ziyue ziyun zong zongwei
zongyuan zou zuo zuozhu zuxuan
"""

NAME_WORDS = frozenset(_TEXT.split())
