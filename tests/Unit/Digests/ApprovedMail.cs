namespace FundingFlow.Tests.Unit.Digests;

/// <summary>
/// Compares with a file in tests/Approved. What differs is written beside it as .received: read it (an HTML mail in a browser, narrow
/// and wide), and if it is meant, let it take the approved one's place.
/// </summary>
internal static class ApprovedMail
{
    public static void Matches(string file, string content)
    {
        var approved = Path.Combine(Repository.Root, "tests", "Approved", file);
        var received = approved + ".received.txt";
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == content)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, content);
        Assert.Fail($"{file} differs from what was approved. Read it; if it is meant: mv {received} {approved}");
    }
}
