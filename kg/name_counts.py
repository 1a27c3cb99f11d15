"""How often family and given names stand in bylines: counted over arXiv metadata (CC0 1.0).

75,824 papers of 2025 with 438,538 names. A line holds the names that stand there 2**N to 2**(N+1) times; what
stands there fewer than 32 times, or beside fewer than 8 different other names, is left out.
"""

from __future__ import annotations

__all__ = ["COUNTED_NAMES", "FAMILY_COUNTS", "GIVEN_COUNTS", "LETTER_SHARES"]

COUNTED_NAMES = 438_538
# The share of given names that begin with a letter.
LETTER_SHARES = {
    "a": 0.057,
    "b": 0.029,
    "c": 0.045,
    "d": 0.036,
    "e": 0.015,
    "f": 0.021,
    "g": 0.024,
    "h": 0.059,
    "i": 0.008,
    "j": 0.095,
    "k": 0.031,
    "l": 0.040,
    "m": 0.065,
    "n": 0.019,
    "o": 0.005,
    "p": 0.027,
    "q": 0.018,
    "r": 0.034,
    "s": 0.080,
    "t": 0.034,
    "u": 0.002,
    "v": 0.010,
    "w": 0.031,
    "x": 0.052,
    "y": 0.103,
    "z": 0.059,
}

_FAMILY_TEXT = """
14: li wang zhang
13: chen liu
12: huang wu xu yang zhao zhou
11: gao guo he hu jiang kim lee lin lu luo ma shi song sun tang yu zheng zhu
10: cai cao cheng deng ding dong du fan fang feng fu gu han jin liang nguyen pan park peng ren shen su tan
 wei xiao xie yan yao ye yin yuan zeng
9: bai chang choi cui dai duan gong gupta hong hou ji jia kang khan kong kumar liao mao meng qi qian qin qiu
 qu shao singh tao tian wan wen xia xiong xue zhong zou
8: ahmed an bao cho chu das ge guan hao hwang jain jang jeong jiao jung lai lan le lei lim long lv lyu mei
 miao min ni nie niu oh ouyang pang patel qiao shah shan shang sharma shin shu tong tran tu wong xiang xing
 yi yoon you yue zhai zhan zhuang
7: agarwal agrawal ai ali banerjee bi bian chai chakraborty chan chi chowdhury chung cohen cong dang diao
 dou fei gan garg geng ghosh gui hasan ho hossain hsu hua huo islam jeon jing joshi ju ke ko kuang kwon lian
 ling lou mai mishra mo moon mu ng ning ou pei pham pu rahman rao roy ruan saha seo sheng si smith weng xi
 xin ying yoo yun zuo
6: ahmad ahn alam anand arora bae baek bansal bhattacharya biswas bo brown bu bui chao chatterjee chaudhary
 che cheung chiang chou chua dao di do dutta fischer gai garcia goel gonzalez goyal ha hassan hoang hsieh
 hui hussain ibrahim jha jian jo johnson jones king klein krishna krishnan kulkarni kwak lam lang lau leng
 lo luan malik martin martinez mehta mi miller ming mitra mohamed mukherjee muller na nam nan ngo ong pal
 pandey patil paudel paul phan prasad quan raj ran reddy rodriguez rong rossi roth saito sang sarkar sato
 schmidt schneider sen sha she shim shou shukla silva sinha son srinivasan srivastava sui sung suzuki tai
 taylor team teng thomas tiwari truong tsai verma vo vu watanabe williams wilson woo xuan yadav yeh yeo
 yilmaz zang zha zhen zhuo zong
5: abdullah acharya aggarwal ahmadi ahuja almeida alvarez amin anderson anwar ao babu balasubramanian ban
 bang basu bauer becker bharadwaj bhardwaj bhat bhatia bhatt bhattacharjee bhattacharyya black bose campbell
 cen cha chadha chae chandra chaturvedi chau chaudhari chaudhuri chawla chiu chong choo chopra choudhury
 chuang chun clark collins cooper costa cruz dasgupta dasilva datta davis demir desai deshpande dey diaz
 dinh dsouza dubey duong evans fernandes fernandez ferreira frank friedrich fung gandhi gautam george gomes
 gomez goswami gou gowda green griffiths gross grover hahn hamdi haque harada hashemi hashimoto heng heo
 hernandez hoffmann hoque hosseini hsiao hung huynh im inoue iqbal ito iyer jacobs jie john joo joseph jun
 kabir kan kao kaur khandelwal koch koh koo kou krishnamurthy kundu kuo kuznetsov kwok lao leong leung
 levine levy lewis lima lopez low luu mahmood maier majumdar man mandal martins mathur men meyer misra
 mitchell mittal mohammadi mohammed mohan moller moore morales moreno mou mueller muhammad naik nair
 nakamura narayanan nath nayak noh nunes obrien oliveira panda papadopoulos parmar pathak pereira perez pi
 piao ping prakash qiang qing rahimi rai ramakrishnan raman ramesh ramos ranjan ravi rawat ray raza rehman
 ribeiro ricci roberts robinson rodrigues rose ross russell ryu saeed sahoo sahu sakai salehi salim samuel
 sanchez santos saxena schmid schmitt schwartz sengupta sheth shetty shih shrestha shrivastava shuai sim
 simon singhal singla sohn soni subramanian suresh takahashi tanaka thakur thompson tripathi trivedi tsang
 tseng ullah varshney venkatesh wagner watson weber weiss west white wolf xian xiu yamada yen yeung yong
 young zhi
"""

_GIVEN_TEXT = """
11: wei
10: bo chen daniel david hao jian jie jing jun lei michael qi rui xin yang yi yu
9: alexander ali andrew bin chao cheng fan fei feng han hui kai kun li liang lin md min ming mohammad
 muhammad peng tao thomas tong xiang xiao xinyu xu yan yifan ying yong yuan yue zhen zheng
8: adam ahmed alex amir andrea andreas anna benjamin bing bowen chang chi christian christopher dan di dong
 eric francesco gang george hang haoran haoyu heng hong huan ivan james jan jason jean jia jiahao jiajun
 jiaqi jiawei jiaxin jiayi jin john jonathan jose juan junjie ke kevin long lu luca marc marco maria mark
 martin matthew meng mohamed nan nicholas nicolas ning patrick paul pengfei peter ping qian qiang qing ran
 richard robert ryan samuel sebastian sheng shuai shuo simon siyuan stefan tianyi tianyu ting tom wen wenhao
 wenjie wentao william xi xiangyu xiaoyu xing xuan yao ye yifei yiming yixuan yuchen yuhang yuhao yun yuxin
 yuxuan zeyu zhe zhenyu zhi zhiyuan zihan zihao
7: aaron abhinav abhishek aditya adrian ahmad alan alberto alessandro alexandre amit ana andre anthony anton
 antonio ben bohan brian bryan can carlos charles chenxi chenyang chenyu chong chris christoph chuan cong
 davide dawei diego dominik edward elena emily erik fabian fabio fang federico felix florian francisco frank
 gabriel ge georgios giovanni giuseppe guang guangtao haitao haiyang haodong haonan haotian haoyang he
 hongyu hua ian ioannis jack jacob javier ji jiachen jiacheng jiahui jiale jiaming jianfeng jiang jiarui
 jiayu jingjing jingyi jingyu joao johannes jonas joseph joshua julia julian junfeng junhao junyi junyu
 justin kaiwen kang konstantinos kyle laura le lijun linfeng ling liu lorenzo lucas luis lukas mahdi manuel
 mario markus matteo matthias max maximilian miao michal miguel mike minghao mingyang mingyu mohammed nathan
 nick nikhil oliver pablo pan paolo pedro pei pengcheng philip philipp pierre qin quan radu rahul roberto
 rong sai sam sara sarah scott sean sen shan shi shijie shiyu shu shuang simone siqi siyu song stefano
 steven syed tian tim timothy tobias victor vincent vivek wang weijie weiming wenbo wenjun wenqi wenxuan
 xian xiangyang xiaodong xiaofeng xiaohan xiaojun xiaolong xiaoming xiaowei xiaoyang xingyu xinyi xinyuan
 xinyue xudong xue xun yibo yichen yicheng yihan yihang yihao yilin yilun yin yiran yiwei yiwen yixin yizhou
 yubo yucheng yufei yufeng yuhan yuheng yujie yujun yukun yuqi yuqing yusuke yutao yutong yuwei yuxiang
 yuyang zhao zhaoyang zhichao zhicheng zhihao zhiheng zhipeng zhiqiang zhiwei zhiyong zhiyu zhou zhuo zichen
 zijian ziqi zirui ziwei zixuan ziyang ziyi ziyu
6: abdul abdullah ahmet akash akshay albert alejandro alessio alexandra alexey alexis alice alireza alvaro
 aman amin amirhossein amy an anders andrei andres andrey andy ang angela anh anil ankit anne anqi antoine
 ao arash ariel arjun arman artem arthur arun aryan ashish ashwin austin ayush barbara bei benedikt benoit
 bernhard biao bingbing boris boyang boyu boyuan brandon bruno carl carsten ce changsheng chenghao chengjie
 chenglong chengwei chengyu chengzhi chenhao chenhui chenxu christina christophe christos chuang chun chunyu
 claire claudia cristian cristina da dandan daniele daniil dawn deepak denis dennis derek dhruv dian
 dimitrios dimitris dinesh ding dmitry dongsheng dylan eduardo ehsan ekaterina elias elisa elizabeth emma
 emmanuel enrico ethan eugene fahad fatemeh feiyu fernando filip francesca francois gabriele ganesh gaurav
 georg gerard giorgos graham gregory guanghui guangyu guillaume guo guoqing gustavo guy hadi hai haibin
 haibo haifeng hamed hamid hannah hanyu haobo haochen haojie haolin haoxiang haoxuan haoyi haoyuan haozhe
 harry harsh hasan hassan henry hongbin hongbo hongliang hongwei hongyang hongyi hongyuan hossein hu hugo
 huimin huiyu ibrahim igor ilya imran isaac ismail jakob jakub jay jeff jeffrey jennifer jens jeremy jesse
 jessica jiahe jiaheng jiajie jialin jialong jianan jiancheng jianfei jianhua jianing jianwei jianxin jiawen
 jiaxing jiaxuan jiaying jiayuan jindong jingbo jingwei jingwen jingxuan jingyuan jinhao jinlong jinpeng
 jinsong jintao jinwei jinwoo jinyang jinyu joe joel johan jon jordan jorge josef julien junbo juncheng
 junchi junhui junjun junlin juntao junwei junyan junyang kaiwei kaixin kaiyu kaiyuan karthik kartik
 katharina katherine ken kenneth kexin keyu klaus krishna krzysztof kui lan lang lars laurent leo leon
 leonardo libo licheng lifeng lili liming lina lingyu linjie linlin liqiang lisa louis luc luke maarten
 maciej mahmoud manish mao marcel marcelo marcos marcus marie marius marta maryam mathias mathieu matt
 matthieu mattia maxime mayank mehdi mehmet mengyu mert michele michelle mikhail minghui mingming mingxuan
 mingyuan mingzhe minh mohit mohsen moritz mu mustafa na natalia nathaniel neil nicola nikita niklas
 nikolaos nils nima noah olga olivier omar omer oscar panagiotis pascal paula pavel pawel peilin pengyu petr
 philippe pietro piotr pranav pu qianqian qiao qifeng qinglin qingyu quentin rachel rafael raphael ravi
 rebecca renjie reza ricardo riccardo rishabh robin rodrigo roger rohan rohit roman roy ruben ruijie ruiqi
 ruixuan runze ruoyu ryo sachin sahil salman sandeep sanjay saurabh sebastien sergey sergio seyed shang
 shanshan shen shengyu shihao shilin shiqi shiwei shubham shun si sicheng siddharth sihan silvia sina sirui
 siwei songlin sophia steffen stephan stephanie stephen steve sven takahiro tal teng theo tiancheng tianhao
 tianle tianlong tianqi tianwei tianxiang tianyang timo tingting tomas tomasz tommaso tony trevor tyler
 usman valentin varun vijay viktor vishal vladimir wanli weidong weihao weihua weijia weijian weinan weiqi
 weiwei weizhi wenbin wenhan wenhui wenjing wenlong wenwen wenyu wojciech xavier xia xiangxiang xiaobin
 xiaobo xiaochen xiaodan xiaofan xiaofei xiaoguang xiaohong xiaohui xiaojie xiaolin xiaomeng xiaopeng
 xiaosong xiaotian xiaotong xiaowen xiaoxiao xiaoyan xiaoyi xilin xinghao xingjian xinhao xinlei xinran
 xinyang xuefeng xueyang xuming xuyang ya yanan yanfeng yangyang yanjun yankai yansong yanwei yanyan yash
 yejin yichao yifeng yifu yiheng yihong yijia yijie yijun yike yilong yimin yinan yinghao yingjie yingying
 yining yipeng yiqun yiting yitong yixiao yiyang yizhe yongkang yongxin you yuanhao yuanyuan yudong yufan
 yuhui yujia yujin yuki yuliang yulin yulong yumeng yuming yunfei yunhao yunlong yunpeng yuntao yupeng
 yuqian yushi yuting yuxi yuxiao yuzhe zachary zahra ze zekun zelin zhan zhang zhendong zhenghao zhengyang
 zhengyu zhengyuan zhenhua zhibo zhigang zhihan zhihui zhijie zhijing zhiming zhiqi zhiwen zhixin zhiyang
 zhongyu zhu zhuoran zi ziang zicheng zihang ziheng zijie zijun zilong ziming zitong zixin ziyan ziyuan
 ziyue
5: abdelrahman abhay abhijit abu adel adi adithya aditi adriana adrien aishwarya ajay akhil akshat alaa
 aleksander aleksandr aleksandra alessandra alexandros alexandru alina allen amanda amine ammar amr anand
 ananya anas anastasia angel angelo aniket animesh anirban anirudh ankur ann annika anoop anuj anurag
 arianna armin arnav artur arya ashkan ashutosh asif athanasios atharva atsushi avi avinash axel ayan babak
 bang bao baptiste barry bart bastian beatrice bernard bill binbin bingchen bingyu bjorn bocheng bogdan
 bohao bolin bowei boyan boyi bradley brendan bruce burak caleb cameron carlo caroline catherine cedric
 cesar chaitanya chandan chandra changhao changqing changwei changxin chaofan chaoyang chaoyi charlie
 charlotte che chenchen chenfei chengcheng chenglin chenguang chenwei chenxin chenyi chiara chinmay chirag
 chongyang christine chu chunlei chunming chunyang chunyi claudio clement colin connor constantin corentin
 craig daisuke damien dana daniela danielle danilo danyang daria dario dawid dean deniz deyu diana didier
 diogo dirk divya dmitrii dominic dongdong donghao donghyun dongliang donglin dongmei dongming dongxu
 dongyang duo duygu edgar edoardo eduard edwin egor eitan eli emad emanuele emilio emre en enrique enze erin
 etienne eva evan evangelos evgeny fabien fabrizio fadi faisal fangzhou farhad fatih federica feifei feiyang
 felipe fengyi filippo florin francis franck fred frederic frederik fredrik gal gao gary gautam gen geng
 gerhard giacomo gian gianluca giorgio giulia giulio gonzalo gordon grace greg grzegorz guan guanghao
 guangming guangyao guangzhi guanhua guanting guanyu guido guilherme guillermo guodong guofeng guohao guojun
 guoliang guoping guoqiang guosheng guowei haichao hailong haipeng haiyan haiyu haizhou hamidreza hamza hana
 hangyu hanlin hanna hanqi hanqing hans hanwen haocheng haofeng haohan haokun haomin haoming haotong haowei
 haowen haoyue hari hector helen hendrik hengyu henrik hieu himanshu hiroaki hiroki hiroshi hoang holger
 hongfei hongjie hongjin hongjun hongkai honglin hongming hongru hongtao hongxia hongxiang hongxu hongyan
 hongzhi huadong huawei hubert hung hyunwoo idan ido ignacio ilia ilias ines irene irina isabel isabelle
 ishan jae jaehoon jaemin jaewon jaewoo jaeyoung jake jamie jana jane jared jenny jerome jerry jesus jiabao
 jiafeng jiahong jiahua jiahuan jiajia jiali jialiang jialu jiamin jianbing jianbo jiangtao jianguo jianhao
 jianhui jianjun jianmin jianping jianqiang jiantao jianwen jianyu jianyuan jiao jiapeng jiaqing jiarong
 jiasheng jiashu jiashuo jiatong jiaxi jiaxiang jiaxu jiayang jiaye jiayin jiazhen jiazheng jieyu jihao jiho
 jihoon jihun jihwan jim jimin jimmy jinbo jincheng jinfeng jingcheng jingfeng jinghan jinghao jinghui
 jingqi jingrui jingtao jingyang jingyun jinhua jinhui jinming jinshan jinyi jinyoung jinyuan jiri jisu
 jiwei jiwon jiyuan joachim joan joey johanna jordi jorg josh joy joyce ju jue juho julie julio julius
 junchao junda junho junhong junkai junliang junlong junming junnan junpeng junqi junwen junxian junxiao
 junyoung junyuan junzhe jurgen kaichen kaicheng kaiqi kaixuan kan kangning karan karen karim karl kate
 kathleen kaushik kazuki kehan keisuke keith kelly kenji kentaro keqin kewei keyan khaled khalid kim kiran
 kirill koichi konrad konstantin kristen kristian kuan kumar kunal kunpeng kunyu kurt kushal lai lauren
 lawrence lea lee leilei lena lennart leonard leonid letian leyi liam lian liangyu lidong lihao lihua lijie
 lijuan limin linda lingfeng lingjie lingling lingxiao linhao lior liwei liwen lixin liyuan loic longfei
 longxiang lorenz lucia luigi luisa luiz lukasz luyao mahesh mai majid maksim man manan manoj marcello
 marcin marek marina marko mary masoud massimiliano massimo mateusz matheus mauro maxim maya megan mehrdad
 mei meiqi melanie melissa mengdi mengjie mengmeng mengqi mengyuan mi michel mihai mikolaj mina mingchen
 mingfei minghan minghua mingjie mingkun mingliang mingrui mingyue mingze minjae minseok minsu minwoo mo
 mohamad mohammadreza mohan mohd mona monica monika morteza mostafa muhammed nannan naomi natalie natasha
 navid neel negar neha nguyen ni niccolo nico nicole niki nikola nikolai nikos nina ningyuan nir nishant
 nitin noam noel nuno olaf oleg olivia omid omkar omri ondrej onur or oren owen parisa parsa parth patricia
 paulo pavan pavlo pawan pedram peijie peiran peiyang peiyu pengwei pengxiang phillip pieter pradeep prateek
 pratik praveen pritam priyanka przemyslaw puneet qiankun qianli qianyu qibin qifan qihang qihao qijun
 qiming qinghua qingqing qingshan qingsong qingyang qingyao qingyuan qingyun qiong qipeng qirui qiushi qiuyu
 qiwei qiyao qiyu qiyuan qun rafal rainer raj raja rajat rajesh rajiv rakesh ram rama ramesh ramon rao raul
 raymond remi ren rene rishi rita rob roi roland romain ron ronald ronghao ross ruibo ruichen ruifeng ruihan
 ruilin ruiming ruixiang ruiyang ruiyi ruize ruizhe run ruochen ruoxi ryosuke saad sabine saeed sagar sahar
 saif sami samir sandra sanghyun sangmin sangwon santiago santosh saptarshi sarthak satoshi saurav serena
 serge seth seunghyun seungwon shane shaobo shaofeng shaohua shaohui shaojie shaoxiong sharon shashank shawn
 shayan shenghua shengjie shengyuan shibo shiguang shihan shilong shimin shiqing shivam shiwen shiyang
 shiyao shiyi shizhe shreya shreyas shruti shuchang shuguang shuhan shuhang shuhao shujian shunsuke shuting
 shuyang shuyi shuyuan sibo sicong siddhant siddhartha sifan sihang sijia sijie silvio simin siming sinan
 siran sitong siva siyang siyi siyue sizhe sofia soham soheil songtao sonia sophie soren soumya sourav
 spencer sriram stefanie stefanos stella stephane su suman sumit sunghyun sunil suraj susan takashi takeshi
 takumi takuya tan tanya tarun tatiana tatsuya taylor tejas tengfei terry thiago thibault thierry tiago
 tianchen tianming tianrui tianshi tianshu tiantian tianxing tianyuan tianze tingyu tomer tongtong torsten
 tristan trung tuo tushar utkarsh vahid vaibhav valentina valerio vanessa vasileios vera victoria vikas
 vikram vinay vincenzo vineet vishnu vlad vladislav volker walid walter weichen weicheng weifeng weihang
 weihong weijun weikai weikang weili weilin weilong weimin weipeng weiping weiqiang weiran weitao weixiang
 weixin weiyi weiyu wenchao wenhua wenjia wenkai wenke wenliang wenming wenpeng wenqiang wenqing wenrui
 wenshuo wenting wenxi wenxin wenyi wenyuan wenzhao wesley will wolfgang wonjun wu wuyang xiangjun xianglong
 xiangru xiangyuan xiaocheng xiaochun xiaogang xiaohu xiaohua xiaojuan xiaokang xiaokun xiaolei xiaoli
 xiaoliang xiaoling xiaomin xiaonan xiaoping xiaoqi xiaoqian xiaoqiang xiaoqing xiaoran xiaoxi xiaoxuan
 xiaoye xiaoying xiaoyong xiaoyuan xiaoyue xiaoyun ximing xinbo xinfeng xingchen xinglong xingxing xingyi
 xinhua xinjie xinlong xinpeng xinrui xintong xinwei xinxin xinyan xinyao xinze xinzhe xitong xiwen xiyang
 xiyuan xuanyu xuecheng xueqing xuesong xuhong xuhui yadong yafei yajie yali yanbin yanbo yancheng yangfan
 yanhao yanhui yanjie yanlin yanming yann yannick yannis yanting yanyu yanzhi yaohui yapeng yaqi yasser
 yassine yating yawei yawen yaxin yian yibin yibing yichi yichun yida yidan yiding yidong yihua yihui yijin
 yijing yikai yikang yikun yilei yiling yimeng yinghui yinuo yiping yiqi yiqing yitao yitian yixiang yixiong
 yiyi yiyu yizhen yizhi yizhuo yoav yogesh yohan yonatan yongbin yongchao yonghao yonghong yonghui yongjie
 yongjun yongliang yongqi yongqiang yongsheng yongxiang youssef youwei yuanchen yuang yuankai yuanzhi yubin
 yuchao yuchi yueming yueqi yuguang yuhong yuhua yuji yujian yujing yukai yukang yuke yulan yulei yulia
 yuling yunfan yunfeng yunhe yuning yunqi yunsheng yunze yunzhi yuping yuqiang yusen yusheng yusuf yuta
 yutaka yutian yuval yuwen yuxing yuyao yuyu yuze yuzhen yuzhi yuzhuo zecheng zehan zehao zehua zehui zekai
 zeming zenan zepeng zequn zewei zewen zexi zexin zeyi zeynep zeyuan zhaohui zhaowei zhaoxin zhenglin
 zhengtao zhengwei zhengyi zhenhao zhenhong zhentao zhenwei zhenxin zhenyang zheyu zheyuan zhibin zhifang
 zhifei zhifeng zhiguo zhihang zhihong zhihua zhijian zhijun zhikai zhilin zhimin zhiqing zhitao zhixiang
 zhixiong zhixuan zhiyao zhiyi zhiying zhizhong zhong zhonghao zhonghua zhongliang zhongwei zhongyi
 zhongyuan zhuang zhuofan zhuohan zian zibin zibo zichao zifan zifeng zihui zijia zijing zikai zikang zili
 zilin zimu zipeng ziqian ziqiang ziqing ziteng ziwen zixian zixiang zixu ziyao ziyun zonglin zongwei
"""


def _read(text: str) -> dict[str, float]:
    """Name -> the middle of its line's range."""
    counts, power = {}, 0
    for word in text.split():
        if word.endswith(":"):
            power = int(word[:-1])
        else:
            counts[word] = 1.4 * 2**power
    return counts


FAMILY_COUNTS = _read(_FAMILY_TEXT)
GIVEN_COUNTS = _read(_GIVEN_TEXT)
