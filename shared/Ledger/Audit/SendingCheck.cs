namespace FundingFlow.Ledger.Audit;

/// <summary>What went from one of a pledge's areas to another: it leaves once, arrives at most once, and is in transit between.</summary>
internal sealed class SendingCheck(string row, IReadOnlyList<LineReplay> replays, IReadOnlyList<Line> lines, Findings findings)
{
    private sealed record Move(string Id, string Area, long Minor);

    public void Run()
    {
        var left = Moves(Account.MovedOut, 1);
        var arrived = Moves(Account.MovedIn, -1);
        foreach (var line in lines) CheckLeft(line, [.. left.Where(move => move.Area == line.Area)]);
        var sendings = lines.SelectMany(line => line.Sendings).ToList();
        foreach (var sending in sendings) CheckArrived(sending, arrived.FindAll(move => move.Id == sending.Id));
        foreach (var move in arrived.Where(move => !sendings.Exists(sending => sending.Id == move.Id)))
            findings.Add(row, $"{move.Minor} arrived in {move.Area} as '{move.Id}', which no line sent.");
        var inTransit = lines.Sum(line => line.MovedOut) - lines.Sum(line => line.MovedIn);
        var underWay = sendings.Where(sending => !arrived.Exists(move => move.Id == sending.Id)).Sum(sending => sending.Minor);
        findings.Compare(row, "in transit", underWay, inTransit);
        if (inTransit < 0) findings.Add(row, $"in transit is {inTransit}: more arrived than was sent.");
    }

    private void CheckLeft(Line line, IReadOnlyList<Move> moves)
    {
        var name = $"line of {line.PledgeId} in {line.Area}";
        foreach (var sending in line.Sendings.Where(sending => !moves.Any(move => move.Id == sending.Id && move.Minor == sending.Minor)))
            findings.Add(name, $"its sending '{sending.Id}' of {sending.Minor} is not in the journal.");
        foreach (var move in moves.Where(move => line.Sendings.Count(sending => sending.Id == move.Id) != 1))
            findings.Add(name, $"'{move.Id}' of {move.Minor} left by the journal; expected one sending of that name.");
    }

    private void CheckArrived(Sending sending, IReadOnlyList<Move> arrivals)
    {
        if (arrivals.Count > 1) findings.Add(row, $"'{sending.Id}' arrived {arrivals.Count} times.");
        if (arrivals.Count == 0 && sending.Done) findings.Add(row, $"'{sending.Id}' is noted as arrived, and {sending.Area} has no entry of it.");
        foreach (var arrival in arrivals.Where(arrival => arrival.Area != sending.Area || arrival.Minor != sending.Minor))
            findings.Add(row, $"'{sending.Id}' sent {sending.Minor} to {sending.Area}; {arrival.Minor} arrived in {arrival.Area}.");
    }

    private List<Move> Moves(Account account, int sign)
        => [.. from replay in replays
               from entry in replay.Entries
               from posting in entry.Postings
               where posting.Account == account
               select new Move(entry.Command, replay.Area, sign * posting.Minor)];
}
