"""Words that tell whether a word is a name: common given names, words that are names and ordinary words, particles.

Lists, not rules: what stands here was chosen so that few names get through and few ordinary words are lost.
"""

# Common German and English given names that are hardly ever anything else (Mark, Will, Rose and their like are absent).
GIVEN = frozenset(
    """
    aaron achim adam adrian agnes alan albert alex alexander alexandra alfred ali alice alicia amelia amy ana andrea
    andreas andrew andy angela angelika anja anke ann anna anne annegret annette annika anthony anton antonia antje
    arthur astrid ayse barbara bastian beate beatrice ben benjamin bernd bernhard bettina betty birgit bjoern brian
    bridget brigitte bruno bryan burkhard carina carl carla carmen carola caroline carolin catherine charles charlotte
    chris christa christel christian christiane christina christine christoph christopher claudia clara clemens
    clara claus conny cornelia daniel daniela dave david dennis detlef diana dieter dietmar dirk dominik donald doris
    dorothea douglas eberhard eddie edith edward eileen elena eleanor elias elisabeth elizabeth elke ella ellen elsa
    emil emilia emily emma erich erika erwin esther eva evelyn fabian fatma felix ferdinand finn florian franziska
    franz frederick frieda friedrich fritz gabi gabriele gareth geoffrey georg george gerald gerd gerda gerhard
    gertrud gisela gordon greta gudrun guenter guenther gunnar gustav guenther hanna hannah hannelore hannes hans
    harald hartmut harry heather heidi heike heiko heiner heinrich heinz helen helena helga helmut hendrik henning
    henrik henry herbert hermann hilde hildegard holger horst howard hubert hugo ian ida ilse ina ines inga inge
    ingeborg ingo ingrid irene iris isabel isabella isabelle ivan jacqueline jakob jamal james jan jana jane janet
    janina jasmin jason jeffrey jenny jens jeremy jessica jim joachim joan joanna jochen joerg johann johanna johannes
    john jonas jonathan joseph josef josefine joshua juergen julia julian juliane jutta kai karen karin karl karla
    karla karsten katarina katharina kathleen kathrin katja katrin kenneth kerstin kevin klara klaus konrad konstantin
    kristina kurt larissa lars laura lea leah lena lennart leon leonard leonie leonora lieselotte lilli lilly lina
    linda lisa liz lorenz lothar louis louise luca lucas lucy ludwig luis luisa luise lukas lutz lydia maik maja
    malte mandy manfred manuel manuela marcel marco marcus mareike margaret margarete margot maria marianne marie
    marina mario marion markus marlene martha martin martina marvin mary mathilde matthew matthias maximilian mehmet
    melanie mia michael michaela michelle mike miriam mohammed mohamed monika moritz muhammad nadine nadja nancy
    natalie natascha nathan niall nicholas nicola nicole niklas nils nina noah nora norbert olaf oliver olivia oskar
    otto pamela pascal patricia patrick paul paula pauline peggy peter petra philip philipp phillip rachel rainer ralf
    ralph raphael rebecca regina reinhard reinhold renate rene richard rita robert roland rolf romy ronald rosemarie
    rudolf ruediger ruth ryan sabine sabrina samantha samuel sandra sara sarah saskia sebastian sharon sheila silke
    silvia simon simone sofia sofie sonja sophia sophie stefan stefanie steffen stephan stephanie stephen steve steven
    stuart susan susanne sven svenja swantje sybille sylvia tanja tatjana theo theodor theresa thomas thorsten tim
    timo tina tobias tom torben torsten udo ulrich ulrike ursula ute uwe valentin vanessa vera verena veronika victor
    victoria viktor vincent volker waldemar walter waltraud werner wilhelm william wolfgang yasmin yusuf yvonne
    """.split()
)

# Names that are ordinary words as well: taken for a name only where they begin with a capital letter.
ORDINARY = frozenset(
    """
    alt arm art august april bach baer bauer berg best bill bird bischof black blue bock boden braun bright brown bruch
    brook bush butler busch carter case chase chance cook cole court cross dawn day drew eng engel ernst essen faith
    falk feld fischer fisher fleck forster fox frank frei freund frost fuchs gold good grace grau green gross grant gray
    grey gruen gut hahn hall hand hard hart haus heart heil heller herbst herz hill hirsch hoch hof hofer holly holz
    hope horn hunt hunter jack jager jaeger jahn joy june jung junge kaiser kamp keller ken king klein kluge knight
    knopf koch koenig kopf kraft krank kraus krieg krug kuehn kuhn kunst kurz lam lamm land lang lange lee lehmann licht
    lieb lind link little lock loch long love ludwig mai major mann march mark marsch mason may maurer mayer meister
    merz miller mond moore moos muell mueller nacht neu neumann noll oben olive page park parker pat pfau pfeifer pfeil
    pohl pool potter power price prince rad rat rau reich rein reiter richter ring ritter rob rock roller rose rot roth
    roy ruhe rush sand sattel schaefer schade scharf schatz schein schild schlecht schmal schmidt schnell schneider
    schoen schreiber schultz schuster schwarz see seidel sell sharp sommer sonne spiegel spring star stark stein stern
    stone stolz storm strauss strong stumpf sturm sue summer swift tag taylor teufel thin tod trost turner urban violet
    vogel vogt voll wagner wahl wald walker wall ward weber weg wein weiss weit west white wild wilde will winter wirth
    wolf wood woods wunder young zander zeit ziegler zimmer
    max
    """.split()
)

# Never a name by themselves; masked between the parts of one.
PARTICLES = frozenset(
    "von vom van der den dem de del della di da do dos du la le les el al bin ibn zu zum zur und and ter ten st mac"
    " ev gmbh mbh ag kg ohg gbr ug co ltd inc llc plc se haus verein firma herr frau herrn mr mrs ms miss dr"
    " prof".split()
)

# What follows a greeting and is nobody in particular.
NOBODY = frozenset(
    "team damen herren zusammen leute alle all everyone everybody sir madam there folks service support kundenservice"
    " kundendienst kundenbetreuung shop kontor kollegen kolleginnen freunde guys friends again nochmal mal an wie was"
    " ich you your ihr sie wir we the it bank".split()
)

# Capitalised words that are often taken for a name after a title or a sign-off.
NOT_NAMES = frozenset(
    "aus an am auf bis im mit"
    " bescheid bitte danke sie ihr ihre ihnen ich wir er es und oder aber wenn dass hat hatte war ist sind wird wurde"
    " kann konnte soll the this that it is was has had i we you they he she and or but when please thanks will would"
    " can could in for to from with card account app money".split()
)

# What follows a title or "my wife" in a text without capitals and is no name: verbs, function words, things for sale.
COMMON = NOT_NAMES | frozenset(
    """
    ab aber aelter again age aged alle allein almost already als also alt always am an and are as at auch auf
    aus bald be because been bei beim bekam bekommt besitzt big bike bin bis bought braucht broke but by bye
    came can can't cannot clearly comes da damit dann darf das dass dein den denn der deren des deshalb die dies
    diese do doch does don't dort drives du durch e-bike eben eigentlich ein eine einen einer endlich er faehrt
    fahrrad fand fast fell felt fiel findet fing for found from fuer fuhr fährt für gab gar gave gefiel geht
    gerade gern gerne gets ging got great hab habe haben had haengt haette half has hat hatte have he held helps
    her herself hier hilft him himself his hold how however hängt hätte ich if ihm ihn ihr ihre im immer in ins
    is isn't ist ja jetzt just kam kann kannte kaufte kein keine kind kinder kindern knew know kommt lag last
    later laut left leider liebt lief liegt liess ließ likes lost love loves mag mal mehr mein meine meint met
    mich mit mochte moechte muss musste my möchte möchten nach nahm nearly never nicht nie noch not now nun nur
    nutzt ob oder of off oft often ohne old on one only or our out own parts put rad ran really recently ride
    rides rief riet rode rutscht saddle sagt sagte sah said sass sat saw says saß schon schrieb sehr seid sein
    seine seit selbst she should sich sie sind sits sitzt so sogar soll sollte soon sprach stand stands stets
    still stood stuerzte stürzt stürzte tat that the their them then there they think this thought to told too
    took tried trug tut um und uns unser until used uses using vergaß verliert very vielleicht voll vom von vor
    waere wanted wants war ware was we wegen weigh weighs weil weiss weiß welche wenn went wer were when where
    which while who wie will wir wird with without wo wollte won't worked works would wurde wäre yet you young
    younger your zu zum zur zurück zwar älter
    """.split()
)
