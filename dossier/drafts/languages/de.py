"""German."""

from dossier.drafts.language import Language, words

TABLE = Language(
    code="de",
    marks=(("„", "“"), ("»", "«"), ("«", "»"), ("‚", "‘"), ("“", "”"), ('"', '"')),
    say=words("""
        sagt sagte sagten sagen erklärt erklärte erklärten betont betonte fügt fügte meint meinte schreibt
        schrieb teilt teilte äußerte warnt warnte kritisiert kritisierte fordert forderte berichtet
        berichtete antwortet antwortete behauptet behauptete versichert versicherte kündigte räumte
        ergänzte ergänzt bekräftigte gesagt erläuterte twitterte urteilte lobte bestätigte unterstrich
        mahnte resümierte begründete hieß heißt fragt fragte forderten verlangt verlangte verlangten
        mitteilte mitteilten ankündigte ankündigten gab gibt beteuert beteuerte entgegnete erwiderte
        gestand klagte klagt rief ruft ergänzten lobten lobte hofft hoffte glaubt glaubte zitierte sieht
    """),
    call=words("""
        hält hielt wies weist warf wirft wertete wertet lehnte verurteilte verurteilt nennt nannte
        bezeichnet bezeichnete sprach spricht kritisierte
    """),
    report=words("""
        sagt sagte sagten erklärt erklärte betonte betont meinte behauptet behauptete berichtete
        versicherte warnte bestätigte schrieb teilte kündigte mitteilte betont fordert forderte
    """),
    that=words("dass daß"),
    be=words("wird wurde wurden worden"),
    by=words("von"),
    auxiliaries=words("hat hatte haben habe"),
    finite=words("""
        ist sind war waren sei seien hat habe haben hatte wird werde würde werden kann könne könnte muss
        müsse müssen soll solle sollte wolle will dürfe darf gebe gibt gehe geht wäre hätte
    """),
    adverbs=words("auch dann zudem weiter gestern heute später bereits noch jedoch"),
    he=words("er sie"),
    genitive=words("der des"),
    who=words("der die das"),
    other_pronouns=words("ich wir es man ihr du"),
    determiners=words("""
        der die das den dem des ein eine einen einem einer sein seine ihr ihre mehrere viele
    """),
    prepositions=words("""
        von vom in im an am auf bei beim mit nach zu zum zur für über aus gegen unter vor
    """),
    conjunctions=words("dass daß wenn weil aber ob als wie während obwohl und oder"),
    with_and=words("und"),
    coordinators=words("und aber oder"),
    openers=words("""
        der die das den dem des ein eine einen einem einer in im an am auf bei mit nach zu für über aus
        von er sie es wir ich und aber doch wenn weil ob als wie sein seine ihr ihre laut auch so da hier
    """),
    titles=words("""
        herr frau dr prof präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister
        ministerin außenminister außenministerin finanzminister innenminister bürgermeister sprecher
        sprecherin abgeordnete abgeordneter richter chef chefin parteichef ministerpräsident
        ministerpräsidentin papst kardinal bischof könig königin trainer trainerin torwart kapitän
        virologe virologin ökonom ökonomin historiker historikerin vorsitzende vorsitzender anwalt
        anwältin
    """),
    particles=words("von van zu de"),
    groups=words("""
        ministerium partei universität bundestag polizei gericht bank verband behörde regierung
    """),
    roles=words("""
        sprecher sprecherin präsident minister ministerin chef chefin leiter leiterin professor
        professorin
    """),
    sources=words("""
        sprecher sprecherin polizei behörden experten experte regierung ministerium forscher zeugen anwalt
        minister staatsanwaltschaft bericht gericht
    """),
    works=words("dem der den magazin zeitung film buch lied roman serie"),
    according=(
        "laut",
        "nach angaben",
        "nach angaben von",
        "nach aussage",
        "nach ansicht von",
        "aus sicht von",
        "aus sicht",
    ),
    scare=words("sogenannte sogenannten sogenannter"),
    abbreviations=words("dr prof hr fr bzw z.b u.a st"),
    weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    months=(
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ),
    relative_days=(("gestern", -1), ("heute", 0)),
    title_endings=(
        "minister",
        "ministerin",
        "präsident",
        "präsidentin",
        "chef",
        "chefin",
        "vorsitzende",
        "vorsitzender",
        "sprecher",
        "sprecherin",
        "sekretär",
        "sekretärin",
        "anwalt",
        "anwältin",
        "direktor",
        "direktorin",
        "meister",
        "meisterin",
        "forscher",
        "forscherin",
        "experte",
        "expertin",
        "politiker",
        "politikerin",
    ),
    quotatives=words("so"),
    on=words("am"),
    nouns_in_capitals=True,
)
