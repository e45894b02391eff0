"""French."""

from dossier.drafts.language import Language, words

TABLE = Language(
    code="fr",
    marks=(("«", "»"), ("“", "”"), ('"', '"')),
    say=words("""
        dit dire disait disent déclare déclaré déclarait déclarer affirme affirmé affirmait ajoute ajouté
        ajoutait explique expliqué expliquait estime estimé estimait souligne souligné soulignait précise
        précisé précisait annonce annoncé indique indiqué indiquait assure assuré assurait répond répondu
        répondait rappelle rappelé note noté écrit écrivait raconte raconté confie confié lance lancé
        martèle martelé regrette regretté dénonce dénoncé insiste insisté poursuit poursuivi conclut
        conclu reconnaissant reconnaît reconnu juge jugé prévient prévenu promet promis témoigne témoigné
        résume résumé demande demandé avertit averti avertissait tweete tweeté s'exclame exclame exclamé
        interroge interrogé s'interroge félicite félicité félicitée félicitait glisse glissé alerte alerté
        déplore déploré insisté réagit réagi prévient réplique répliqué rétorque rétorqué ironise ironisé
        renchérit tranche tranché ordonne ordonné jure juré nuance nuancé considère considéré pense
        pensait soupire murmure crie crié soutient soutenu maintient maintenu argue plaide plaidé constate
        constaté affirmant ajoutant déclarant estimant expliquant soulignant précisant indiquant
    """),
    call=words("""
        dénoncent dénoncer dit juge jugent prône prôné salue salué fustige fustigé critique critiqué
        qualifie qualifié qualifiant parle parlé évoque évoqué dénonçant appelle appelé accuse accusé
    """),
    report=words("""
        dit déclare déclaré affirme affirmé ajoute ajouté explique expliqué estime estimé souligne
        souligné précise précisé annonce annoncé indique indiqué assure assuré rappelle rappelé écrit
        reconnaît avertit averti confirme confirmé prévient prévenu soutient soutenu insisté insiste
        considère reconnu affirmant ajoutant estimant
    """),
    that=words("que qu'"),
    be=words("est été être était sont"),
    by=words("par"),
    auxiliaries=words("a ont avait avaient est sont ne pas n' s' se l' ai"),
    finite=words("""
        est sont était étaient a ont avait avaient sera seront va vont doit peut fait serait aurait faut
    """),
    adverbs=words("aussi également ensuite encore hier aujourd'hui notamment déjà"),
    adverb_ending="ment",
    he=words("il elle"),
    clitics=("-il", "-elle", "-on", "-ils", "-elles"),
    they=words("ils elles"),
    who=words("qui"),
    other_pronouns=words("je j' nous vous tu ce cela ça c'"),
    determiners=words("le la les l' un une des du au aux son sa ses leur leurs ce cette ces plusieurs"),
    prepositions=words("""
        de d' du des à au aux en dans pour par sur avec chez sous vers depuis pendant après avant selon
    """),
    conjunctions=words("que qu' quand lorsque si mais car parce dont où comme et ou"),
    with_and=words("et"),
    coordinators=words("et mais ou"),
    openers=words("""
        le la les l' un une des comme interrogé interrogée du au aux en dans pour par sur avec selon il
        elle ils elles on ce cette ces mais et si quand après avant depuis pendant lors hier aujourd'hui
        son sa ses leur c' d' j' qu' n' s' que
    """),
    titles=words("""
        m mme mlle dr président présidente ministre maire premier première député députée sénateur
        sénatrice directeur directrice général générale professeur porte-parole pdg me secrétaire chef
        cheffe roi reine pape juge
    """),
    particles=words("de du des la le d'"),
    groups=words("""
        ministère parti université assemblée conseil commission union organisation agence banque police
        cour
    """),
    joiners=words("de des du d' la l' et"),
    roles=words("""
        président présidente ministre maire député députée directeur directrice porte-parole chef avocat
        avocate professeur pdg secrétaire économiste chercheur procureur procureure chercheur chercheuse
        sénateur sénatrice
    """),
    sources=words("""
        responsable responsables experts expert source sources police autorités témoins témoin
        gouvernement habitant habitante habitants commerçant commerçante direction entreprise entourage
        élus procureur ministre président porte-parole avocat maire chercheurs syndicats communiqué
    """),
    according=("selon", "d' après", "aux yeux de"),
    according_opening=("pour",),
    works=words("intitulé intitulée baptisé baptisée dit dite titre"),
    abbreviations=words("m mme mlle dr st"),
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    elided=("jusqu'", "lorsqu'", "puisqu'", "qu'", "l'", "d'", "s'", "n'", "j'", "m'", "t'", "c'"),
    addressing=words("à au aux"),
    on=words("le"),
    relative_days=(("hier", -1),),
)
