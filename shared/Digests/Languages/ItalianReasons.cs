using FundingFlow.Partners;

namespace FundingFlow.Digests.Languages;

internal sealed class ItalianReasons(Language language) : ReasonWords
{
    public override string EarmarkProject(string title) => $"Avete scelto il progetto «{title}».";
    public override string EarmarkCity => "Si trova in una città che avete scelto.";
    public override string EarmarkCountry => "Si trova in un Paese che avete scelto.";
    public override string Area(string area) => $"Risponde a un fabbisogno dell’area «{area}».";

    public override string TwinCity(string home) => $"La città di questo progetto è gemellata con {home}.";
    public override string PeaceConflict(string home) => $"{home} vive in pace; la città di questo progetto vive un conflitto.";
    public override string SameCity(string home) => $"Il progetto è nella vostra città, {home}.";
    public override string SameCountry => "Il progetto è nel vostro Paese.";
    public override string Interest(string area) => $"Avete indicato l’area «{area}» tra i vostri interessi.";
    public override string LackingSector(string area, Sector sector)
        => $"Nell’area «{area}» il progetto non aveva ancora alcun sostegno dal settore {sector switch { Sector.Public => "pubblico", Sector.Private => "privato", _ => "non profit" }}.";
    public override string Urgent(long days) => $"I fondi del progetto bastano per meno di {days} giorni.";

    public override string Unstated => "Il progetto non indica un fabbisogno per questa voce; arriva qui perché avete scelto il progetto.";
    public override string AlreadyMet => "Il fabbisogno era già coperto; si aggiunge perché avete scelto questo progetto.";
    public override string Overfills(string amount) => $"Completa il fabbisogno di {amount} e lo supera, perché avete scelto questo progetto.";
    public override string Completes(string amount) => $"Completa il fabbisogno di {amount}.";
    public override string ReachesMinimum(string amount) => $"Fa raggiungere la soglia di {amount}, con cui il lavoro può cominciare.";
    public override string Adds(long fromPercent, long toPercent, string amount)
        => $"Porta la copertura del fabbisogno di {amount} {Percent(fromPercent, "dal ", "dall’", "dallo ")} {Percent(toPercent, "al ", "all’", "allo ")}.";
    public override string ShareCap(long percent, string area)
        => $"Qui sarebbe andata una parte maggiore del vostro impegno, ma nell’area «{area}» un solo partner copre al massimo {Percent(percent, "il ", "l’", "lo ")} di un progetto.";

    public override string Next(string title, string decided) => $"Subito dopo veniva «{title}»; a fare la differenza: {decided}.";
    public override string NextInside(string decided) => $"Subito dopo veniva un altro fabbisogno di questo progetto; a fare la differenza: {decided}.";
    public override string ByNeed => "qui il fabbisogno era più pressante";
    public override string ByFit => "i vostri legami con questo progetto sono più stretti";
    public override string ByFitInside => "i vostri legami con questo fabbisogno sono più stretti";
    public override string ByBegun => "tra due fabbisogni equivalenti si completa prima quello già iniziato";
    public override string ByOrder => "i due fabbisogni sono equivalenti e uno doveva venire prima";
    public override string ByExcluded => "lì non donate";
    public override string ByDates => "è terminato, oppure non è in corso quando mettete a disposizione il vostro tempo";
    public override string ByShareCap => "ne coprite già quanto può coprirne un solo partner";
    public override string BySmallestPart(string amount) => $"vi sarebbe andato meno di {amount}, il minimo che volete per ogni parte";

    public override string OnlyNeed(string what) => $"Qui non c’è nessun altro fabbisogno aperto di {what}.";
    public override string Money => "denaro";
    public override string Hours(string skill) => $"ore di {skill}";

    public override string Rebalanced(string from, string to, string on, string decided) => $"Spostato da «{from}» a «{to}» {on} perché {decided}.";
    public override string MovedByNeed => "lì il fabbisogno è più pressante";
    public override string MovedByFit => "i vostri legami con quest’ultimo progetto sono più stretti";
    public override string MovedForRoom
        => "al suo posto subentra un impegno che altrove non sarebbe altrettanto utile, e così, insieme, si copre di più di ciò che conta";
    public override string MovedTogether => "così, considerando tutti gli impegni insieme, i fabbisogni sono coperti meglio";
    public override string Moved(string reason) => $"Il nostro staff l’ha spostato qui: {reason}";

    public override string StandsForNoRate(string currency) => $"Non è noto alcun tasso di cambio per {currency}.";
    public override string StandsExpired => "Il termine dell’impegno è passato.";
    public override string StandsExcluded => "C’è posto, ma solo dove non donate.";
    public override string StandsForDates => "C’è posto, ma solo in progetti terminati o non in corso quando il tempo è a disposizione.";
    public override string StandsForShareCap => "C’è posto, ma solo in progetti di cui coprite già quanto può coprirne un solo partner.";
    public override string StandsForSmallestPart(string amount) => $"C’è posto, ma non per una parte di {amount}, la più piccola che ammettete.";
    public override string StandsHeld => "Attende il via libera del nostro staff.";
    public override string StandsAboveOwed => "È stato ricevuto oltre quanto dovuto.";

    /// <summary>"il 12%", "l’8%", "lo 0%": by how the number is read.</summary>
    private string Percent(long whole, string consonant, string vowel, string zero)
        => (whole switch { 0 => zero, 1 or 8 or 11 or (>= 80 and <= 89) => vowel, _ => consonant }) + language.Percent(whole);
}
