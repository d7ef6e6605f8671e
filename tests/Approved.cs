using System.Reflection;

namespace FundingFlow.Tests;

/// <summary>
/// Compares with a file in <c>tests/Approved</c>. What differs is written beside it as <c>.received.txt</c>: read it, and if it is meant,
/// let it take the approved one's place.
/// </summary>
public static class Approved
{
    private static readonly string Folder = Path.Combine(
        typeof(Approved).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TestsFolder").Value!, "Approved");

    public static void Matches(string name, string text)
    {
        var approvedFile = Path.Combine(Folder, name + ".txt");
        var receivedFile = Path.Combine(Folder, name + ".received.txt");
        var received = Lines(text);
        var approved = File.Exists(approvedFile) ? Lines(File.ReadAllText(approvedFile)) : [];
        if (approved.SequenceEqual(received))
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, string.Join('\n', received) + "\n");
        var difference = approved.Except(received).Select(line => "- " + line).Concat(received.Except(approved).Select(line => "+ " + line)).ToArray();
        Assert.Fail($"{name} differs from what was approved (- approved, + now):\n{string.Join('\n', difference is [] ? ["  only the order of lines, or how often one stands"] : difference)}\nIf this is meant: mv {receivedFile} {approvedFile}");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
