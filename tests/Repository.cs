namespace FundingFlow.Tests;

/// <summary>Finds the files of the repository that a test run was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo start)
    {
        for (var folder = start; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FundingFlow.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No FundingFlow.sln above {start.FullName}: run the tests inside the repository.");
    }
}
