"""English."""

from dossier.drafts.language import Language, words

TABLE = Language(
    code="en",
    measured=True,
    marks=(("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'")),
    say=words("""
        say says said saying tell tells told telling add adds added adding state states stated stating
        announce announces announced announcing claim claims claimed claiming argue argues argued arguing
        note notes noted noting explain explains explained explaining insist insists insisted insisting
        warn warns warned warning write writes wrote writing tweet tweets tweeted tweeting reply replies
        replied replying respond responds responded responding remark remarks remarked remarking observe
        observes observed observing declare declares declared declaring continue continues continued
        continuing ask asks asked asking acknowledge acknowledges acknowledged acknowledging admit admits
        admitted admitting allege alleges alleged alleging assert asserts asserted asserting comment
        comments commented commenting complain complains complained complaining concede concedes conceded
        conceding confirm confirms confirmed confirming contend contends contended contending deny denies
        denied denying quip quips quipped quipping joke jokes joked joking recall recalls recalled
        recalling reiterate reiterates reiterated reiterating stress stresses stressed stressing emphasize
        emphasizes emphasized emphasise emphasises emphasised emphasizing emphasising predict predicts
        predicted predicting promise promises promised vow vows vowed vowing pledged pledges testify
        testifies testified testifying recount recounts recounted reveal reveals revealed revealing report
        reports reported reporting suggest suggests suggested suggesting indicate indicates indicated
        indicating post posts posted posting shout shouts shouted shouting yell yelled yells whisper
        whispered cry cried urge urges urged urging caution cautions cautioned cautioning conclude
        concludes concluded concluding maintain maintains maintained maintaining opine opined counter
        counters countered countering retort retorted interject interjected chime chimed muse mused lament
        laments lamented lamenting boast boasted boasts boasting believe believes believed protest
        protested propose proposed proposes agree agrees agreed agreeing estimate estimates estimated
        elaborate elaborated clarify clarified clarifies disclose disclosed exclaim exclaimed proclaim
        proclaimed proclaims read reads marveled lied swore gushed gush fume fumed snap snapped scoff
        scoffed plead pleaded beg begged express expressed recommended recommend recommends hope hopes
        hoped think thinks thought thinking describing sharing shared shares reminded remind reminds
        informed inform cite cites realizing realized defended defend surmise surmised reason reasoned
        speculate speculated rule ruled rules advise advised wondered wonder wonders answer answered
        answers intone intoned riffed cracked summed hinted reflected reflect reflects began begins ended
        finished pointed points summarize summarized theorized
    """),
    call=words("""
        call calls called calling describe describes described describing dub dubs dubbed dubbing term
        terms termed terming label labels labeled labelled labeling labelling brand branded brands
        denounce denounced denounces denouncing slam slammed slams slamming criticize criticized
        criticizes criticizing criticise criticised praise praised praises praising refer refers referred
        referring characterize characterized characterizes characterizing characterise characterised
        dismiss dismissed dismisses dismissing accuse accused accuses accusing blast blasted blasts
        blasting decry decried decries condemn condemned condemns condemning mock mocked mocking hail
        hailed hails tout touted touts touting portray portrayed speak spoke speaks speaking talk talks
        talked talking complained expressed express expresses voice voiced quote quoted welcome welcomed
        attack attacked want wants wanted deem deemed feel feels felt encourage encouraged demand demands
        demanded give gave gives ridicule ridiculed question questioned ridiculing mention mentioned
        consider considers considered regard regarded liken likened compare compared reject rejected
        rejects apologize apologized cite cited cites citing show shows showed issue issued claim read
        find found finds
    """),
    think=words("""
        think thinks thought thinking believe believes believed feel feels felt hope hopes hoped want
        wants wanted see sees saw seen realize realized realizing find found finds consider considers
        considered wonder wondered conclude concludes concluded decide decided
    """),
    report=words("""
        announce announces announced claim claims claimed argue argues argued note notes noted report
        reports reported reveal reveals revealed confirm confirms confirmed acknowledge acknowledges
        acknowledged admit admits admitted allege alleges alleged assert asserts asserted concede concedes
        conceded contend contends contended deny denies denied declare declares declared explain explains
        explained insist insists insisted indicate indicates indicated maintain maintains maintained
        predict predicts predicted state states stated stating stress stresses stressed suggest suggests
        suggested testify testifies testified warn warns warned vow vowed vows pledged promised emphasized
        emphasised emphasizes say says said saying add adds added adding tell tells told telling claiming
        arguing noting insisting warning believe believes believed estimate estimates estimated conclude
        concludes concluded complained complain complains recalled observed remarked wrote tweeted writes
        reiterated think thinks thought hope hopes hoped agreed agree agrees cautioned find found finds
        pointed announcing alleging asserting stressing reporting confirming acknowledging speculated
        speculate disclosed proposed recommended expects expect expected informed shared ruled boasted
        lamented joked posted clarified countered urged feels felt
    """),
    tell=words("""
        tell tells told telling inform informed informs remind reminded reminds warned warn assured
        assures
    """),
    that=words("that"),
    be=words("be been being is was were are get got am"),
    by=words("by"),
    on=words("on"),
    auxiliaries=words("""
        used has had have having is was were are be been would will could may might must can should did do
        does not to hasn't hadn't didn't doesn't don't won't wouldn't cannot can't never
    """),
    finite=words("""
        is are was were be been has have had will would can could may might must should shall do does did
        isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't shouldn't
        didn't doesn't don't he's she's it's they're we're there's that's i'm you're i've we've they've
        he'd she'd they'd he'll she'll it'll they'll we'll let makes made goes went gets got wants wanted
        need needs needed took takes take came come comes knew know knows felt feels feel think thinks
        thought believe believes believed found left began held gave gives plan plans expects expect hopes
        remain remains saw sees become became means meant seems broke ran runs met led see kept keep lost
        won put said says hope want get make sent send supports support
    """),
    adverbs=words("""
        far as also then later once again previously often now still just even always already never first
        earlier instead ever soon too further simply twice famously meanwhile today yesterday however thus
        have has went on to himself herself themselves either
    """),
    adverb_ending="ly",
    participle_ending="ing",
    bare=words("""
        say tell add state announce claim argue note explain insist warn write tweet reply respond declare
        continue ask acknowledge admit allege comment confirm deny promise reveal report suggest indicate
        call describe accuse condemn denounce praise refer consider reject speak talk want demand attack
        welcome address believe think hope
    """),
    he=words("he she"),
    they=words("they"),
    who=words(" which who"),
    other_pronouns=words("""
        i we you it this that those these which what there one everyone nobody anyone someone
    """),
    determiners=words("""
        the a an his her their its our my your this that these those some several many most other another
        two three four five six seven eight nine ten one both all any no each every few more various
        numerous multiple at least
    """),
    prepositions=words("""
        of in on at for from with within by to about under over against after before during near since
        through into across between among amid including outside inside via as like without behind around
        regarding alongside upon toward towards despite until beyond following per
    """),
    conjunctions=words("""
        that which when while because if but whether although though so unless since where who whom whose
        as than whereas before after until and or how why what
    """),
    openers=words("""
        the a an in on at for from with within by to about under over against after before during near
        since through into across between among amid of as and but or so yet if when while because
        although though that this these those there then however meanwhile also he she they it we i you
        his her their its our my your who what which where why how whether not no yes some many most
        several other another one two three four five six seven eight nine ten both all each every few
        more such still even only just now later earlier today yesterday tomorrow according citing asked
        speaking despite unlike like instead moreover furthermore additionally finally ultimately
        conversely specifically reportedly recently previously once here again until unless per following
        regarding given former others everyone nobody someone well oh let please much back early late last
        next first second third around upon due along having being perhaps maybe thus hence nevertheless
        nonetheless indeed certainly clearly obviously separately similarly likewise overall together
        aside too officials experts police authorities researchers scientists critics reports sources
        witnesses residents people lawmakers investigators analysts protesters rescuers supporters
        opponents republicans democrats results voters women men children workers families doctors
        prosecutors lawyers members politicians part thank thanks do did does is was are were will would
        can could may might should has had have
    """),
    titles=words("""
        fellow broadcaster senators representatives moderator anchor host nominee businessman
        businesswoman mr mrs ms miss dr prof professor sir dame lord lady rev reverend president
        vice-president vice prime minister premier chancellor secretary senator sen representative rep
        congressman congresswoman governor gov lieutenant lt mayor judge justice chief general gen admiral
        colonel col captain capt major sergeant sgt detective inspector officer commander king queen
        prince princess pope cardinal archbishop bishop father sister imam rabbi ayatollah sheikh deputy
        assistant attorney ambassador chairman chairwoman chair chairperson speaker leader director ceo
        executive spokesman spokeswoman spokesperson commissioner councillor councilman councilwoman
        assemblyman assemblywoman delegate democrat republican democratic prosecutor analyst coach actor
        actress author editor reporter correspondent historian economist rep. sen. gov. gen. dr. mr. mrs.
        ms. prof. lt. col. sgt. rev. st. capt. hon. det. supt. superintendent sheriff president-elect mp
        lawmaker legislator co-author undersecretary former then-president ex-president singer founder
        co-founder dean principal astronaut adviser advisor counsel counselor strategist pollster activist
        lawyer whip student researcher scientist planetary nobel laureate first envoy special incumbent
    """),
    particles=words("de van von der den al bin ibn la le du da dos del di el ter ten y e bint abu ul"),
    groups=words("""
        ministry department agency bureau office commission committee council party university college
        institute institution academy school center centre centers centres association federation union
        society organization organisation foundation bank company corporation corp inc ltd limited llc
        group times post journal news herald guardian tribune press television tv radio network house
        senate congress parliament assembly court police service forces force army navy guard guards board
        authority administration government cabinet embassy kremlin pentagon city county state states
        nations kingdom republic team club league fund trust alliance coalition movement front church
        hospital observatory laboratory lab museum library airlines airways motors systems technologies
        international global campaign brigade watch studies affairs reform oversight intelligence safety
        security magazine partnership project initiative act law treaty agreement accord constitution
        street road avenue island islands river lake sea ocean mountain mountains airport station stadium
        park square hall palace convention championship cup games festival award awards prize medal
        twitter facebook bbc cnn nbc reuters war day
    """),
    joiners=words("of for and the on in &"),
    roles=words("""
        spokesman spokeswoman spokesperson minister president director secretary chairman chairwoman chair
        head chief leader founder co-founder professor researcher scientist author co-author lawyer
        attorney analyst senator representative lawmaker governor mayor judge prosecutor officer official
        commander general ambassador envoy adviser advisor aide strategist manager editor journalist
        reporter writer economist historian astronomer biologist physicist engineer doctor physician coach
        player captain actor actress singer artist activist candidate member politician executive ceo
        owner chancellor premier commissioner deputy inspector sheriff superintendent principal teacher
        student bishop archbishop cardinal pope priest rapporteur counsel pilot witness expert host
        musician producer columnist businessman businesswoman nominee moderator congressman congresswoman
        councillor treasurer dean mother father wife husband son daughter brother sister widow fiancée
    """),
    sources=words("""
        official officials expert experts source sources people person spokesman spokeswoman spokesperson
        police authorities authority researcher researchers scientist scientists analyst analysts critics
        critic observers report reports study statement investigators witnesses witness residents resident
        lawmakers lawmaker reporters journalists media government ministry army military company companies
        court agency office department campaign administration group groups organization organisation
        organizers organisers victims victim protesters voters aides aide diplomats diplomat lawyers
        lawyer doctors doctor prosecutors prosecutor economists advisers adviser supporters opponents
        leaders leader members member workers rescuers employees employee executives executive father
        mother parents wife husband son daughter brother sister friends friend family neighbors neighbours
        archaeologists astronomers authors author team survey poll documents document memo letter ruling
        decision decree complaint newspaper website publication association embassy judge jury commission
        committee council union bank airline survivors passengers students teachers democrats republicans
        conservatives liberals activists activist historians engineers operatives operative strategist
        strategists pollster staff staffers insiders someone man woman boy girl couple children some many
        others another one coach players commissioner president minister governor mayor senator chairman
        secretary director editor candidate nominee congressman attorney chief head professor pastor
        priest bishop owner founder actor actress singer teacher student scholars biologists physicists
        nurses soldiers troops commander general insurgents rebels militants farmers investors traders
        bankers regulators inspectors commissioners senators governors ministers mayors account article
        book biography indictment lawsuit filing affidavit transcript release tweet post
    """),
    according=("according to", "in the words of"),
    citing=words("citing quoting cites"),
    scare=words("""
        so-called known dubbed named titled entitled nicknamed called termed labeled labelled
    """),
    works=words("""
        song album film movie book novel panel show series episode case title poem headline campaign
        slogan
    """),
    abbreviations=words("""
        mr mrs ms dr prof gen sen rep gov lt col sgt st jr sr capt rev hon det supt vs no inc ltd co corp
        jan feb mar apr jun jul aug sep sept oct nov dec etc dept al
    """),
    elisions=words("em til till cause n tis twas round bout cuz"),
    cuts=words("""
        adding saying noting claiming while but although though stating arguing calling telling insisting
        citing
    """),
    weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    months=(
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ),
    relative_days=(("yesterday", -1), ("today", 0), ("tomorrow", 1)),
    noun_forms=words("""
        state states report reports claim claims note notes comment comments charge charges estimate
        estimates warning promise promises demand demands attack attacks question questions post posts
        tweet tweets rule rules answer remark remarks reply show shows
    """),
    suffixes=words("jr sr jr. sr."),
    with_and=words("and"),
    coordinators=words("and but or"),
    clause_breaks=words("so because where while until although though"),
    nationalities=words("""
        us u.s. uk u.k. eu american british french german russian chinese japanese indian italian spanish
        brazilian canadian turkish iranian iraqi israeli syrian ukrainian saudi mexican australian korean
        afghan pakistani european african republican democrat democratic irish scottish welsh swiss
        austrian hungarian polish greek
    """),
)
