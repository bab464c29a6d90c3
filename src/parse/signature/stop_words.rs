//! The words of a language that stand in every text: a table, and nothing else.
//!
//! They are as short as what is left of them at an apostrophe (`don`, `ll`). Words of two letters need not be
//! here, nor those with a digit: they are never chosen. A word that is missing does little harm, because what
//! is in many texts weighs little.

/// Words in lower case by the tag of their language.
pub(super) const STOP_WORDS: [(&str, &str); 9] = [
    (
        "en",
        "the and for are but not you all any can had her was one our out has him his how its may new now old see two way who did \
         let put say she too use that with have this will your from they know want been good much some time very when come here \
         just like long make many more only over such take than them well were what about after again also another around away \
         back because before being below between both came could does doing done down during each either else enough even ever \
         every few first found gave get gets getting give given gives goes going gone got half high however into itself kept last \
         later least less little look looked looks lot made makes making might mine must near need needs never next none nor \
         nothing off often once onto other others otherwise own part perhaps quite rather really right said same says saw says \
         second seem seemed seems seen several shall should show shows side since small something sometimes soon still taken takes \
         tell tells their theirs themselves then there therefore these thing things think third those though thought three \
         through thus together told took toward towards turn turned turns under until upon used uses using usually went where \
         whether which while whole whom whose why within without won would year years yet yours day days don didn doesn isn aren \
         wasn weren won wouldn couldn hasn hadn ain ll ve re four five six seven eight nine ten hundred great big almost always \
         already able across against along among anything asked became become becomes began begin best better called call comes \
         different end enough everything far kind large left means mean most myself number people place set today too try way \
         ways week weeks month months work works world young",
    ),
    (
        "de",
        "der die das den dem des ein eine einen einem einer eines und oder aber auch als wie wenn dann denn dass daß weil was wer \
         wen wem wir ihr sie ich mich mir dich dir uns euch ihn ihm ihnen ihre ihrem ihren ihrer ihres sein seine seinem seinen \
         seiner seines mein meine dein unser unsere euer man nicht nichts kein keine keinen keinem keiner nur noch schon sehr so \
         mehr viel viele vielen weniger wenig bei beim mit nach von vom vor für gegen ohne durch über unter zwischen aus auf \
         ab an am im in ins um zu zum zur bis seit während wegen hat haben hatte hatten habe ist sind war waren wird werden wurde \
         wurden worden würde würden kann können könnte konnte konnten muss müssen musste soll sollen sollte will wollen wollte darf \
         dürfen mag möchte hier dort da dabei damit danach daran darauf daraus darin darüber davon dazu dieser diese dieses diesem \
         diesen jener jene jenes jeder jede jedes jedem jeden alle allem allen aller alles andere anderen anderer anderes etwas \
         einige einigen einmal zwei drei vier fünf sechs sieben acht neun zehn erst erste ersten erster erstes zweite zweiten \
         letzte letzten neu neue neuen neuer neues alt alte alten gut gute guten groß große großen klein kleine kleinen lang lange \
         langen jahr jahre jahren jahres tag tage tagen zeit zeiten heute gestern morgen immer wieder nie oft manchmal jetzt nun \
         also doch sogar selbst sich weder sowie etwa fast ganz ganze ganzen gar wohl eben zwar jedoch dennoch deshalb daher \
         trotzdem obwohl ob wo woher wohin warum wann welche welcher welches welchen deren dessen solche solchen gibt geben gab \
         geht gehen ging kommt kommen kam macht machen machte steht stehen stand liegt liegen lag lässt lassen sagt sagte sagen \
         sieht sehen sah weiß wissen bleibt bleiben blieb nimmt nehmen dabei her hin hinter neben weiter beide beiden zweimal \
         hätte wäre sei seien sondern statt bereits kaum genug kurz eigentlich jemand niemand mal rund teil stück stelle art weise",
    ),
    (
        "fr",
        "les des une aux avec dans pour par sur sous sans vers chez entre depuis pendant avant après que qui quoi dont où quand \
         comme mais donc car pas plus moins très trop peu aussi encore déjà jamais toujours souvent parfois ici là ce cet cette ces \
         son ses mon mes ton tes notre nos votre vos leur leurs elle elles ils lui eux nous vous moi toi soi est sont était étaient \
         été être fut furent sera seront serait avait avaient ont avoir aurait eut fait faire font faisait peut peuvent pouvait \
         pouvoir doit doivent devait devoir veut vouloir dit dire disait voir voit va vont aller vient venir met mettre prend \
         prendre tout tous toute toutes autre autres même mêmes chaque plusieurs quelques quelque aucun aucune tel telle tels un \
         deux trois quatre cinq six sept huit neuf dix premier première premiers deuxième dernier dernière derniers nouveau nouvelle \
         nouveaux nouvelles grand grande grands grandes petit petite petits petites bon bonne bien mal an ans année années jour \
         jours temps fois rien alors ainsi puis ensuite enfin cependant pourtant parce afin lorsque puisque tandis selon contre \
         jusque jusqu hors près loin celui celle ceux celles cela ça ceci quel quelle quels quelles lequel laquelle ni ou et si non \
         oui ne se sa on il je tu le la du de en au qu aujourd hui hier demain presque assez beaucoup tant autant ailleurs partout \
         plutôt surtout seulement longtemps maintenant chose choses sorte partie côté monde homme gens ayant étant soit c'est",
    ),
    (
        "es",
        "los las una unos unas del con para por sin sobre bajo entre desde hasta hacia según durante ante tras contra que quien \
         quienes qué quién cuyo cuya donde cuando como cómo pero sino aunque porque pues así también además muy más menos mucho \
         mucha muchos muchas poco poca pocos tan tanto tanta todo toda todos todas otro otra otros otras mismo misma mismos cada \
         algún alguna algunos algunas algo alguien nada nadie ninguno ninguna ningún este esta esto estos estas ese esa eso esos \
         esas aquel aquella aquellos ella ellas ellos nosotros usted ustedes les nos sus mis tus nuestro nuestra nuestros suyo son \
         era eran fue fueron ser sido siendo será serán sería está están estaba estaban estar ha han había habían haber hay hubo \
         tiene tienen tenía tener hace hacen hacer hizo puede pueden podía poder debe deben dice dicen decir dijo va van ir iba \
         viene ver uno dos tres cuatro cinco seis siete ocho nueve diez primer primero primera segundo último última nuevo nueva \
         nuevos nuevas grande grandes gran pequeño pequeña bueno buena bien mal año años día días tiempo vez veces hoy ayer mañana \
         siempre nunca ya aún todavía casi sólo solo luego después antes ahora entonces aquí allí ahí mientras cerca lejos dentro \
         fuera parte lado cosa cosas forma manera mundo gente sea sean cual cuales tal tales",
    ),
    (
        "it",
        "gli una uno degli delle dello della dei del dal dalla dai nel nella nei nelle sul sulla sui alla alle allo agli con per tra \
         fra senza sopra sotto verso dopo prima durante contro che chi cui dove quando come perché però anche ancora già mai sempre \
         spesso molto molta molti molte poco poca pochi più meno tanto troppo tutto tutta tutti tutte altro altra altri altre stesso \
         stessa ogni qualche alcuni alcune nessuno niente nulla questo questa questi queste quello quella quelli quelle lui lei loro \
         noi voi suo sua suoi sue mio mia nostro nostra sono era erano essere stato stata stati sarà sarebbe hanno aveva avevano \
         avere fatto fare può possono poteva deve devono dice dire detto viene vengono due tre quattro cinque sei sette otto nove \
         dieci primo prima secondo ultimo ultima nuovo nuova nuovi nuove grande grandi piccolo piccola buono bene anno anni giorno \
         giorni tempo volta volte oggi ieri domani così quindi poi allora mentre qui ora solo quasi parte cosa cose modo mondo non",
    ),
    (
        "nl",
        "het een van voor met over onder tussen naar uit aan bij door tegen zonder tot sinds tijdens dat die dit deze wie wat waar \
         wanneer hoe waarom maar want omdat als dan toen ook nog wel niet niets geen meer minder veel weinig zeer erg heel alle \
         alles ander andere anderen elk elke ieder iedere enkele sommige hij zij haar hem hun hen ons onze wij jij jullie zijn was \
         waren ben bent is wordt worden werd werden geworden heeft hebben had hadden kan kunnen kon konden moet moeten moest zal \
         zullen zou zouden wil willen wilde mag mogen gaat gaan ging komt komen kwam maakt maken zegt zeggen zei ziet twee drie \
         vier vijf zes zeven acht negen tien eerste tweede laatste nieuw nieuwe oud oude goed goede groot grote klein kleine lang \
         jaar jaren dag dagen tijd keer vandaag gisteren altijd nooit vaak soms weer steeds nu al er hier daar daarom dus echter \
         toch zelfs zich eigen zo zelf bijna alleen samen deel manier wereld mensen",
    ),
    (
        "pt",
        "uma uns umas dos das nos nas pelo pela pelos pelas com para por sem sobre sob entre desde até durante contra após antes que \
         quem qual quais onde quando como mas porque pois assim também além muito muita muitos muitas pouco pouca poucos mais menos \
         tão tanto todo toda todos todas outro outra outros outras mesmo mesma cada algum alguma alguns algumas algo nada ninguém \
         nenhum nenhuma este esta isto estes estas esse essa isso esses essas aquele aquela aqueles ele ela eles elas nós você \
         vocês seu sua seus suas meu minha nosso nossa são era eram foi foram ser sido será seria está estão estava estavam estar \
         tem têm tinha tinham ter havia houve haver faz fazem fazer fez pode podem podia poder deve devem diz dizer disse vai vão ir \
         vem ver um dois duas três quatro cinco seis sete oito nove dez primeiro primeira segundo último última novo nova novos \
         novas grande grandes pequeno pequena bom boa bem mal ano anos dia dias tempo vez vezes hoje ontem amanhã sempre nunca já \
         ainda quase só depois agora então aqui ali lá enquanto parte lado coisa coisas forma maneira mundo gente não",
    ),
    (
        "ru",
        "это этот эта эти этого этой этом этих тот того той тех том там тут так такой такая такие также тоже уже ещё еще или если \
         что чтобы как когда где куда откуда почему потому кто кого кому чем чего его ему ней нее неё них ним ими она они оно \
         мне меня мной нас нам вас вам ты вы мы себя себе свой своя свои своего своей своих мой моя наш наша наши ваш весь вся все \
         всё всех всего всем был была было были быть есть будет будут нет не ни но да же ли бы для без над под при про через между \
         после перед около до от из во со об обо ко за на по более менее очень много мало можно нужно надо может могут мог могла \
         должен должна стал стала стали один одна одно одни два две три четыре пять шесть семь восемь девять десять первый первая \
         первые второй последний новый новая новые старый большой большая маленький год года лет годы день дня дни дней время раз \
         сейчас теперь потом тогда всегда никогда иногда часто только даже лишь почти совсем вот который которая которое которые \
         которого которой которых каждый каждая каждое другой другая другие самый сам сама сами несколько ничего никто нибудь хотя \
         однако поэтому сказал сказала говорит вообще больше меньше лучше хорошо часть мир люди человек",
    ),
    (
        "ar",
        "من إلى عن على في مع هذا هذه ذلك تلك التي الذي الذين هو هي هم هن أنا نحن أنت كان كانت كانوا يكون تكون ليس ليست لم لن لا ما \
         قد لقد كل بعض غير بين بعد قبل عند عندما حيث حين إذا إذ أن إن أو ثم بل لكن ولكن كما مثل حتى منذ خلال حول دون فوق تحت أمام \
         أي أيضا هناك هنا كيف لماذا متى أين نحو ضد كذلك وهو وهي وقد ولا وفي ومن وعلى فإن وأن بأن لأن أكثر أقل جدا فقط كثير قليل أول \
         آخر أخرى جديد جديدة كبير كبيرة صغير صغيرة عام عاما سنة سنوات يوم أيام وقت مرة اليوم قال قالت يقول يمكن يجب واحد واحدة اثنان \
         ثلاثة أربعة خمسة له لها لهم به بها فيه فيها منه منها عليه عليها إليه إليها",
    ),
];
