"""Spanish."""

from dossier.drafts.language import Language, words

TABLE = Language(
    code="es",
    marks=(("«", "»"), ("“", "”"), ('"', '"')),
    say=words("""
        dice dijo dicho decía dijeron dicen afirma afirmó afirmado afirmaba declara declaró declarado
        explica explicó explicado señala señaló señalado añade añadió asegura aseguró asegurado indica
        indicó indicado sostiene sostuvo agrega agregó apunta apuntó subraya subrayó destaca destacó
        advierte advirtió anuncia anunció anunciado responde respondió escribe escribió escrito insiste
        insistió recuerda recordó manifiesta manifestó manifestado comenta comentó expresa expresó
        reconoce reconoció concluye concluyó precisa precisó lamenta lamentó denuncia denunció pide pidió
        relata pregunta preguntó preguntado gritó grita tuiteó tuiteado prometió promete exigió exige
        contestó contesta condenó confesó confiesa admitió admite alertó alerta aclaró aclara detalló
        detalla defendió defiende zanjó celebra celebró criticó critica reclamó reclama confirmó confirma
        informó informa aseguran aseguraron afirman señalan relató cuenta contó reitera reiteró considera
        consideró opina opinó
    """),
    call=words("""
        rechazó rechaza prometió promete condenó condena ve defiende considera califica calificó
        calificado llama llamó tachó tilda tildó acusó habló
    """),
    report=words("""
        dice dijo dijeron afirma afirmó declaró explica explicó señala señaló asegura aseguró indica
        indicó sostiene sostuvo añadió agregó aseguran afirman señalan aclaró confirmó informó admitió
        alertó subrayó destacó precisó reconoció anunció advirtió insistió recordó considera consideró
    """),
    that=words("que"),
    be=words("fue es sido ser era fueron son"),
    by=words("por"),
    auxiliaries=words("ha han había habían no se lo le"),
    finite=words("""
        es son era eran fue fueron ha han había será serán va van debe puede está están tiene sería habría
        hay
    """),
    adverbs=words("también además después ayer hoy luego ya"),
    adverb_ending="mente",
    he=words("él ella"),
    they=words("ellos ellas"),
    who=words("quien quienes"),
    other_pronouns=words("yo nosotros usted tú esto eso"),
    determiners=words("el la los las un una unos unas su sus este esta estos estas varios varias"),
    prepositions=words("de del a al en con por para sobre desde hasta entre según tras ante contra"),
    conjunctions=words("que cuando si pero porque como aunque mientras donde y o e"),
    with_and=words("y e"),
    coordinators=words("y e pero o"),
    openers=words("""
        preguntado preguntada el la los las un una unos unas su sus este esta en de del a al con por para
        sobre desde según tras pero y si cuando como aunque mientras ayer hoy también además él ella ellos
        lo no se es
    """),
    titles=words("""
        sr sra dr presidente presidenta ministro ministra alcalde alcaldesa senador senadora diputado
        diputada director directora general secretario secretaria portavoz fiscal líder capitán entrenador
        médico médica economista rey papa juez jueza
    """),
    particles=words("de del la los las y"),
    groups=words("""
        ministerio partido universidad gobierno consejo comisión unión organización banco policía tribunal
    """),
    joiners=words("de del la y"),
    roles=words("""
        presidente presidenta ministro ministra alcalde director directora portavoz líder abogado abogada
        jefe
    """),
    sources=words("""
        fuentes fuente expertos experto policía autoridades gobierno portavoz testigos ministro presidente
        vecina vecino vecinos acusado juez empresa sindicato candidato entrenador informe abogado alcalde
        comunicado investigadores
    """),
    according=("según", "de acuerdo con", "a juicio de"),
    according_opening=("para",),
    works=words("titulado titulada llamado llamada"),
    abbreviations=words("sr sra dr dra ee.uu"),
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    addressing=words("a al"),
    on=words("el"),
    relative_days=(("ayer", -1), ("hoy", 0)),
)
